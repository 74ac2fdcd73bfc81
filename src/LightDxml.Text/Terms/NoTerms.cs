namespace LightDxml.Text.Terms;

/// <summary>Says why a corpus gives no features, and which setting helps.</summary>
internal static class NoTerms
{
    public static string Reason(CorpusCounts counts, TextVectorizerOptions options) => counts.HasTerms
        ? $"no term is in text.minDocuments = {options.MinDocuments} documents or more. "
            + $"{(options.MinDocuments > 1 ? "--set text.minDocuments=1 keeps rare terms. " : "")}"
            + "Text without blanks between its words needs --set text.unit=characters."
        : $"no document has a word, which is {options.MinWordLength} or more letters or digits. "
            + "--set text.minWordLength=1 takes words of one letter, text.symbols=true emoji, text.unit=characters text without blanks between its words.";
}
