namespace LightDxml.Text.Skos;

/// <summary>One of the names of a concept.</summary>
/// <param name="Language">A tag in lower case; empty where the name has none.</param>
internal readonly record struct SkosName(string Text, string Language)
{
    /// <summary>Whether the name is in a language: <c>de</c> takes in <c>de-at</c>.</summary>
    public bool IsIn(string language) =>
        Language == language || language.Length > 0 && Language.Length > language.Length && Language[language.Length] == '-' && Language.StartsWith(language, StringComparison.Ordinal);
}
