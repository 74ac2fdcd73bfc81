namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>
    /// product[i, j] = Σ_p op(a)[i, p] · op(b)[p, j], with p summed in ascending order in single precision (fused or not), or in
    /// blocks of p whose sums are added in ascending order; the order does not depend on rows and columns. op transposes when asked. Callers cut <paramref name="rows"/> among threads (by offsetting a, or its columns when
    /// transposed, and product).
    /// </summary>
    /// <param name="a">[rows, inner] with stride aStride, or [inner, rows] when <paramref name="transposeA"/>.</param>
    /// <param name="b">[inner, columns] with stride bStride, or [columns, inner] when <paramref name="transposeB"/>.</param>
    /// <param name="accumulate">Add to the product instead of overwriting it.</param>
    /// <param name="scratch">At least <see cref="MatrixMultiplyScratch"/>(rows, columns, inner) floats for packing, contents lost.</param>
    /// <param name="product">[rows, columns] with stride productStride; must not alias an input.</param>
    public abstract void MatrixMultiply(
        ReadOnlySpan<float> a, int aStride, bool transposeA,
        ReadOnlySpan<float> b, int bStride, bool transposeB,
        int rows, int columns, int inner, bool accumulate, Span<float> scratch, Span<float> product, int productStride);

    /// <summary>Floats of scratch that <see cref="MatrixMultiply"/> needs.</summary>
    public abstract int MatrixMultiplyScratch(int rows, int columns, int inner);
}
