using LightDxml.Data;

namespace LightDxml.Indexes;

/// <summary>The checks that every label index makes of a search's arguments.</summary>
internal static class ShortlistArguments
{
    public static void Check(DenseMatrix documents, RankedLabels shortlist, int dimensions)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(shortlist);
        if (documents.Dimensions != dimensions)
            throw new ArgumentException($"The documents have {documents.Dimensions} dimensions, the labels {dimensions}.", nameof(documents));
        if (documents.RowCount != shortlist.PointCount)
            throw new ArgumentException($"There are {documents.RowCount} documents, but shortlists for {shortlist.PointCount}.", nameof(shortlist));
    }

    public static void Check(ReadOnlySpan<float> document, ReadOnlySpan<int> labels, ReadOnlySpan<float> similarities, int dimensions)
    {
        if (document.Length != dimensions)
            throw new ArgumentException($"The document has {document.Length} dimensions, the labels {dimensions}.", nameof(document));
        if (labels.Length != similarities.Length)
            throw new ArgumentException($"There are {labels.Length} slots for labels, but {similarities.Length} for similarities.", nameof(similarities));
    }
}
