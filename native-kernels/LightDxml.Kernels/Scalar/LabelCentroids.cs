namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override void LabelCentroids(
        ReadOnlySpan<int> offsets, ReadOnlySpan<int> points,
        ReadOnlySpan<float> documents, int documentStride, int dim, Span<float> centroids, int centroidStride)
    {
        for (var l = 0; l + 1 < offsets.Length; l++)
        {
            var count = offsets[l + 1] - offsets[l];
            for (var c = 0; c < dim; c++)
            {
                var sum = 0f;
                for (var j = offsets[l]; j < offsets[l + 1]; j++)
                    sum += documents[points[j] * documentStride + c];
                centroids[l * centroidStride + c] = count > 0 ? sum / count : 0;
            }
        }
    }
}
