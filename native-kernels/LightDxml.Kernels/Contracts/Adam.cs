namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>One <see cref="AdamStep"/> on every parameter.</summary>
    public abstract void Adam(
        ReadOnlySpan<float> gradients, AdamStep step, Span<float> parameters, Span<float> firstMoments, Span<float> secondMoments);
}
