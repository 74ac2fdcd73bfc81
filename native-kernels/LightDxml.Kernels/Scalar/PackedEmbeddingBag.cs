namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override void PackedEmbeddingBag(
        ReadOnlySpan<int> indices, ReadOnlySpan<float> weights, ReadOnlySpan<byte> rows, ReadOnlySpan<float> scales, int dim, Span<float> bag)
    {
        var width = PackedNibbles.Width(dim);
        bag[..PackedNibbles.PaddedColumns(dim)].Clear();
        for (var j = 0; j < indices.Length; j++)
        {
            var row = rows.Slice(indices[j] * width, width);
            for (var c = 0; c < dim; c++)
                bag[c] += weights[j] * (scales[indices[j]] * PackedNibbles.Get(row, c));
        }
    }
}
