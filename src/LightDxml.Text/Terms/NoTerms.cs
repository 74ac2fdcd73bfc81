namespace LightDxml.Text.Terms;

/// <summary>Says why a corpus gives no features, and which setting helps.</summary>
internal static class NoTerms
{
    public static string Reason(CorpusCounts counts, TextVectorizerOptions options) => (counts.HasTerms
        ? $"no term is in text.minDocuments = {options.MinDocuments} documents or more. "
            + $"{(options.MinDocuments > 1 ? "--set text.minDocuments=1 keeps rare terms. " : "")}"
            + Unsegmented(options)
        : $"no document has a word, which is {options.MinWordLength} or more letters or digits. "
            + $"--set text.minWordLength=1 takes words of one letter, text.symbols=true emoji. {Unsegmented(options)}").TrimEnd();

    private static string Unsegmented(TextVectorizerOptions options) => options is { Unit: TermUnit.Words, Unsegmented: UnsegmentedText.Words }
        ? "--set text.unsegmented=characters takes each character of a text without blanks between its words as a word."
        : "";
}
