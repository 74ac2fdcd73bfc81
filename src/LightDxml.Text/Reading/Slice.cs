namespace LightDxml.Text.Reading;

/// <summary>A piece of a batch's bytes.</summary>
internal readonly record struct Slice(int Start, int Length);
