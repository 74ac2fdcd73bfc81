namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override void NormalizeRows(ReadOnlySpan<float> source, int rows, int dim, int stride, Span<float> destination)
    {
        for (var r = 0; r < rows; r++)
        {
            var sum = 0f;
            for (var c = 0; c < dim; c++)
                sum += source[r * stride + c] * source[r * stride + c];
            var scale = sum > 0 ? 1 / MathF.Sqrt(sum) : 0;
            for (var c = 0; c < stride; c++)
                destination[r * stride + c] = c < dim ? source[r * stride + c] * scale : 0;
        }
    }
}
