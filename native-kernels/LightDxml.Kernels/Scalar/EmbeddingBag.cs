namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override void EmbeddingBag(
        ReadOnlySpan<int> offsets, ReadOnlySpan<int> indices, ReadOnlySpan<float> weights,
        ReadOnlySpan<float> rows, int dim, int stride, Span<float> bags)
    {
        for (var r = 0; r + 1 < offsets.Length; r++)
        {
            var bag = bags.Slice(r * stride, dim);
            bag.Clear();
            for (var j = offsets[r]; j < offsets[r + 1]; j++)
            {
                for (var c = 0; c < dim; c++)
                    bag[c] += weights[j] * rows[indices[j] * stride + c];
            }
        }
    }
}
