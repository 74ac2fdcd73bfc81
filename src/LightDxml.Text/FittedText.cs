using LightDxml.Data;

namespace LightDxml.Text;

/// <summary>A training set made of raw text, and what is needed to read other text in the same way.</summary>
/// <param name="Reading">How its file was read; null of documents in memory.</param>
internal sealed record FittedText(Dataset Dataset, TextVectorizer Vectorizer, LabelSpace Labels, SkippedRows Skipped, TextReadOptions? Reading)
{
    /// <summary>What was found out of the file and a user should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
