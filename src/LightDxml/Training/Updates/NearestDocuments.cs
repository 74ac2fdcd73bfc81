using LightDxml.Data;
using LightDxml.Kernels;

namespace LightDxml.Training;

/// <summary>
/// Negatives for the problems of a label that training did not know: the documents that a vector is nearest to without having the label, and
/// as many at random. There are about as many as a label of training gets from the shortlists of all documents. Holds one thread's memory.
/// </summary>
/// <param name="encodings">[documents, dimensions + 1].</param>
/// <param name="most">Nearest documents that are taken, and random ones.</param>
internal sealed class NearestDocuments(DenseMatrix encodings, int most, int seed, KernelSet kernels)
{
    private readonly int[] _every = [.. Enumerable.Range(0, encodings.RowCount)];
    private readonly float[] _products = new float[encodings.RowCount];
    private readonly float[] _query = new float[encodings.Stride];
    private int[] _nearest = [];
    private float[] _best = [];

    /// <param name="vector">A label embedding, or a row of the dense classifier.</param>
    /// <param name="positives">Documents of the label.</param>
    public int[] Of(int label, ReadOnlySpan<float> vector, ReadOnlySpan<int> positives)
    {
        _query.AsSpan().Clear();
        vector.CopyTo(_query);
        kernels.ShortlistLogits(_query, encodings.Span, encodings.Stride, encodings.Stride, _every, _products);
        var count = Math.Min(encodings.RowCount, most + positives.Length);
        if (_nearest.Length < count)
            (_nearest, _best) = (new int[count], new float[count]);
        kernels.TopK(_products, _nearest.AsSpan(0, count), _best.AsSpan(0, count));
        var taken = new HashSet<int>(positives.ToArray());
        var negatives = new List<int>(2 * most);
        foreach (var document in _nearest.AsSpan(0, count))
        {
            if (negatives.Count < most && document >= 0 && taken.Add(document))
                negatives.Add(document);
        }

        var random = new RandomNumbers(seed, RandomPurpose.SparseNegatives, label);
        for (var draw = 0; draw < most; draw++)
        {
            var document = random.Next(encodings.RowCount);
            if (taken.Add(document))
                negatives.Add(document);
        }

        return [.. negatives];
    }
}
