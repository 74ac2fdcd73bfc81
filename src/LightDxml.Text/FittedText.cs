using LightDxml.Data;

namespace LightDxml.Text;

/// <summary>What the two passes over a training set's text give: the long work of a fit.</summary>
/// <param name="LabelIds">One a label row.</param>
internal sealed record FittedRows(TextVectorizer Vectorizer, IReadOnlyList<string> LabelIds, SkippedRows Skipped, SparseMatrix Features, SparseMatrix Labels);

/// <summary>A training set made of raw text, and what is needed to read other text in the same way.</summary>
/// <param name="Reading">How its file was read; null of documents in memory.</param>
internal sealed record FittedText(Dataset Dataset, TextVectorizer Vectorizer, LabelSpace Labels, SkippedRows Skipped, TextReadOptions? Reading)
{
    /// <summary>The names of the labels, where labels are looked for by name.</summary>
    public LabelTexts? Names { get; init; }

    /// <summary>What the labels file says, or null.</summary>
    public LabelCatalog? Catalog { get; init; }

    /// <summary>Labels of the labels file that no document has: the names behind those of the documents' labels are theirs.</summary>
    public IReadOnlyList<LabelEntry> UnseenLabels { get; init; } = [];

    /// <summary>What was found out of the file and a user should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
