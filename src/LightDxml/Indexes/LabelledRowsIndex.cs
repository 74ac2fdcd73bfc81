using LightDxml.Data;

namespace LightDxml.Indexes;

/// <summary>
/// An index over those labels that have an embedding. Labels without training points have none, only zeros, which are alike
/// near to everything: in a graph they would crowd together, and where they are many an exact search wastes its time on them.
/// </summary>
/// <param name="index">Over the rows of <paramref name="labels"/> alone.</param>
/// <param name="labels">The label of each of its rows, ascending.</param>
internal sealed class LabelledRowsIndex(ILabelIndex index, int[] labels, int labelCount) : ILabelIndex
{
    private const int PointsAtOnce = 1024;

    public string Name => index.Name;

    public int LabelCount => labelCount;

    public int Dimensions => index.Dimensions;

    /// <summary>The rows that are not all zeros.</summary>
    public static int[] RowsWithEmbedding(DenseMatrix labelEmbeddings) =>
        [.. Enumerable.Range(0, labelEmbeddings.RowCount).Where(label => labelEmbeddings.Row(label).ContainsAnyExcept(0f))];

    public void Search(DenseMatrix documents, RankedLabels shortlist, int threads)
    {
        index.Search(documents, shortlist, threads);
        RowRanges.ForEach(shortlist.PointCount, PointsAtOnce, threads, (first, end) => Rename(shortlist.Labels(first, end - first)));
    }

    public void Search(ReadOnlySpan<float> document, Span<int> labels, Span<float> similarities)
    {
        index.Search(document, labels, similarities);
        Rename(labels);
    }

    private void Rename(Span<int> rows)
    {
        foreach (ref var row in rows)
            row = row < 0 ? -1 : labels[row];
    }
}
