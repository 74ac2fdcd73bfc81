using LightDxml.Data;
using LightDxml.Kernels;

namespace LightDxml.Indexes;

/// <summary>
/// One thread's search of the hybrid label index. A document's labels are ranked by the joint similarity
/// cos(φ(l), z) + ⟨c_l, x⟩ of label embedding and sparse centroid, taken over the labels that either of the two
/// searches found: embeddings know labels by what they mean, centroids know the rare ones by their words. (A weight above
/// 1 on the centroids has less recall, docs/research/experiments.md.)
/// </summary>
/// <param name="width">Labels that the dense search finds; 0 where there is none.</param>
/// <param name="nearest">Labels that the centroids find, at least as many as are wanted.</param>
internal sealed class JointShortlist(SparseCentroidIndex centroids, DenseMatrix labelEmbeddings, KernelSet kernels, int width, int nearest)
{
    private readonly float[] _similarities = new float[centroids.RowCount];
    private readonly int[] _pooledBy = new int[centroids.LabelCount];
    private readonly int[] _pool = new int[width + nearest];
    private readonly float[] _joint = new float[width + nearest];
    private readonly int[] _nearest = new int[nearest];
    private readonly float[] _best = new float[nearest];
    private int _search;

    /// <param name="unitEncoding">[embedding stride], of unit length, padded with zeros.</param>
    /// <param name="columns">The document's features.</param>
    /// <param name="shortlist">[width] labels that the dense search found, −1 where there is none.</param>
    /// <param name="cosines">[width] their similarities.</param>
    /// <param name="labels">[candidates], overwritten: best first, −1 where there is none.</param>
    public void Nearest(
        ReadOnlySpan<float> unitEncoding, ReadOnlySpan<int> columns, ReadOnlySpan<float> values,
        ReadOnlySpan<int> shortlist, ReadOnlySpan<float> cosines, Span<int> labels)
    {
        centroids.Similarities(columns, values, _similarities);
        centroids.Nearest(_similarities, _nearest, _best);
        _search++;
        // An index names every label once, so that the pool begins as the shortlist does.
        var dense = Pool(shortlist, 0);
        cosines[..dense].CopyTo(_joint);
        var count = Pool(_nearest, dense);
        var pool = _pool.AsSpan(0, count);
        var joint = _joint.AsSpan(0, count);
        kernels.ShortlistLogits(unitEncoding, labelEmbeddings.Span, labelEmbeddings.Stride, labelEmbeddings.Stride, pool[dense..], joint[dense..]);
        for (var j = 0; j < count; j++)
            joint[j] += _similarities[pool[j]];
        kernels.TopK(joint, labels, _best.AsSpan(0, labels.Length));
        foreach (ref var label in labels)
            label = label < 0 ? -1 : pool[label];
    }

    /// <summary>Adds the labels that are not in the pool yet.</summary>
    private int Pool(ReadOnlySpan<int> labels, int count)
    {
        foreach (var label in labels)
        {
            if (label < 0 || _pooledBy[label] == _search)
                continue;
            _pooledBy[label] = _search;
            _pool[count++] = label;
        }

        return count;
    }
}
