namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>
    /// activations[r, c] = max(0, values[r, c]) · keep(seed, rowKeys[r], c) / (1 − dropout), with keep the 0/1 outcome of the counter-based
    /// hash <see cref="DropoutMask"/>, so that the mask depends on the seed and the row's key and on nothing else.
    /// </summary>
    /// <param name="values">[rows, stride].</param>
    /// <param name="rowKey">The key of the first row; row r has key rowKey + r.</param>
    /// <param name="dropout">Probability of dropping, 0 to below 1; 0 leaves a plain ReLU.</param>
    /// <param name="activations">[rows, stride], may be <paramref name="values"/>.</param>
    public abstract void DropoutRelu(
        ReadOnlySpan<float> values, int rows, int dim, int stride, float dropout, uint seed, uint rowKey, Span<float> activations);

    /// <summary>gradients[r, c] ← gradients[r, c] / (1 − dropout) where activations[r, c] &gt; 0, else 0: the backward of <see cref="DropoutRelu"/>.</summary>
    public abstract void DropoutReluGradient(
        ReadOnlySpan<float> activations, int rows, int dim, int stride, float dropout, Span<float> gradients);
}
