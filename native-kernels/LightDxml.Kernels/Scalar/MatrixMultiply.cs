namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override int MatrixMultiplyScratch(int rows, int columns, int inner) => 0;

    public override void MatrixMultiply(
        ReadOnlySpan<float> a, int aStride, bool transposeA,
        ReadOnlySpan<float> b, int bStride, bool transposeB,
        int rows, int columns, int inner, bool accumulate, Span<float> scratch, Span<float> product, int productStride)
    {
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var sum = 0f;
                for (var p = 0; p < inner; p++)
                {
                    sum += (transposeA ? a[p * aStride + i] : a[i * aStride + p])
                        * (transposeB ? b[j * bStride + p] : b[p * bStride + j]);
                }

                ref var target = ref product[i * productStride + j];
                target = accumulate ? target + sum : sum;
            }
        }
    }
}
