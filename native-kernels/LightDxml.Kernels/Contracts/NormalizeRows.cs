namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>destination[r, 0..dim) = source[r, 0..dim) / ‖source[r, 0..dim)‖₂; a row of zeros stays zeros.</summary>
    /// <param name="source">[rows, stride].</param>
    /// <param name="destination">[rows, stride], may be <paramref name="source"/>; columns from dim to stride are set to 0.</param>
    public abstract void NormalizeRows(ReadOnlySpan<float> source, int rows, int dim, int stride, Span<float> destination);
}
