namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override void DropoutRelu(
        ReadOnlySpan<float> values, int rows, int dim, int stride, float dropout, uint seed, uint rowKey, Span<float> activations)
    {
        var threshold = DropoutMask.Threshold(dropout);
        var scale = 1 / (1 - dropout);
        for (var r = 0; r < rows; r++)
        {
            var word = DropoutMask.RowWord(seed, rowKey + (uint)r);
            for (var c = 0; c < dim; c++)
            {
                var at = r * stride + c;
                activations[at] = DropoutMask.Keeps(word, c, threshold) ? MathF.Max(values[at], 0) * scale : 0;
            }
        }
    }

    public override void DropoutReluGradient(
        ReadOnlySpan<float> activations, int rows, int dim, int stride, float dropout, Span<float> gradients)
    {
        var scale = 1 / (1 - dropout);
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < dim; c++)
            {
                var at = r * stride + c;
                gradients[at] = activations[at] > 0 ? gradients[at] * scale : 0;
            }
        }
    }
}
