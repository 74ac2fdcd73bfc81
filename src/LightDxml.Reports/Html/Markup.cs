namespace LightDxml.Reports.Html;

/// <summary>Text that is HTML already and is not escaped again. Only the renderers make it, and never from data.</summary>
internal readonly record struct Markup(string Html);
