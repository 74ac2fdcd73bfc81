using LightDxml.Data;

namespace LightDxml.Indexes;

/// <summary>
/// Finds the labels nearest to a document: one of the two interfaces that parts plug into. An index is built over label embeddings
/// of unit length and searched with documents of unit length, so that inner product is cosine. Searching is safe from
/// many threads at once; results do not depend on the number of threads.
/// </summary>
internal interface ILabelIndex
{
    /// <summary>The name that selects the index: <c>exact</c>, <c>hnsw</c>, …</summary>
    string Name { get; }

    int LabelCount { get; }

    int Dimensions { get; }

    /// <summary>Fills the shortlist of every document: the label rows of highest similarity, best first, ties to the lower row.</summary>
    /// <param name="documents">[points, dimensions].</param>
    /// <param name="shortlist">[points, width], overwritten; slots without a label get −1 and −∞.</param>
    void Search(DenseMatrix documents, RankedLabels shortlist, int threads);

    /// <summary>Fills one document's shortlist in the caller's thread; allocates nothing once the thread has searched before.</summary>
    /// <param name="document">[dimensions].</param>
    void Search(ReadOnlySpan<float> document, Span<int> labels, Span<float> similarities);
}
