using LightDxml.Data;
using LightDxml.Kernels;

namespace LightDxml.Indexes;

/// <summary>Compares a document with every label: exact, nothing to build, and for some ten thousand labels the fastest too.</summary>
/// <param name="labelEmbeddings">[labels, dimensions]; read in place, so it must not change while the index is in use.</param>
internal sealed class ExactLabelIndex(DenseMatrix labelEmbeddings, KernelSet kernels) : ILabelIndex
{
    /// <summary>
    /// Documents a call of the kernel at most: every call reads all labels from memory once, and 256 documents make that a
    /// few percent of the arithmetic.
    /// </summary>
    private const int MostDocumentsAtOnce = 256;

    public string Name => "exact";

    public int LabelCount => labelEmbeddings.RowCount;

    public int Dimensions => labelEmbeddings.Dimensions;

    public void Search(DenseMatrix documents, RankedLabels shortlist, int threads)
    {
        ShortlistArguments.Check(documents, shortlist, Dimensions);

        // Few documents are shared out evenly among the threads, in the kernel's tiles of 4.
        var share = (documents.RowCount + RowRanges.ResolveThreads(threads) - 1) / RowRanges.ResolveThreads(threads);
        var grain = Math.Clamp((share + 3) / 4 * 4, 4, MostDocumentsAtOnce);
        RowRanges.ForEach(documents.RowCount, grain, threads, (first, end) =>
        {
            var count = end - first;
            Search(documents.Rows(first, count), count, shortlist.Width, shortlist.Labels(first, count), shortlist.Scores(first, count), 0);
        });
    }

    public void Search(ReadOnlySpan<float> document, Span<int> labels, Span<float> similarities)
    {
        ShortlistArguments.Check(document, labels, similarities, Dimensions);
        Search(document, 1, labels.Length, labels, similarities, labelEmbeddings.Stride);
    }

    /// <param name="copied">Floats of the one document's padded copy, or 0 for rows that are padded already.</param>
    private void Search(ReadOnlySpan<float> documents, int count, int width, Span<int> labels, Span<float> similarities, int copied)
    {
        // The stride is the dimension: the padding is zero, and whole vectors are what the kernel is fast at.
        var stride = labelEmbeddings.Stride;
        var scratch = ThreadScratch.Floats(copied + kernels.InnerProductTopKScratch(count, LabelCount, stride, width));
        if (copied > 0)
        {
            documents.CopyTo(scratch);
            scratch[documents.Length..copied].Clear();
            documents = scratch[..copied];
        }

        kernels.InnerProductTopK(
            documents, count, stride, labelEmbeddings.Span, LabelCount, stride, stride, width, scratch[copied..], labels, similarities);
    }
}
