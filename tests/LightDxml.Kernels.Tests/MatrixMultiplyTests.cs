namespace LightDxml.Kernels.Tests;

public class MatrixMultiplyTests
{
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void MatrixMultiply_EveryShapeAndTransposition_EqualsTheDefinition(string backend)
    {
        var random = new Random(1);
        for (var trial = 0; trial < 200; trial++)
        {
            int rows = random.Next(0, 60), columns = random.Next(0, 120), inner = random.Next(0, 70);
            Compare(Backends.Get(backend), rows, columns, inner, trial % 2 == 0, trial / 2 % 2 == 0, trial / 4 % 2 == 0, trial);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void MatrixMultiply_ShapesBeyondTheCacheBlocks_EqualsTheDefinition(string backend)
    {
        Compare(Backends.Get(backend), 300, 200, 700, false, true, false, 1);
        Compare(Backends.Get(backend), 270, 193, 1030, true, false, true, 2);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void MatrixMultiply_RowsCutInTwo_GiveTheSameBits(string backend)
    {
        var kernels = Backends.Get(backend);
        const int Rows = 37, Columns = 61, Inner = 530;
        var a = Backends.Random(Rows * Inner, 1);
        var b = Backends.Random(Inner * Columns, 2);
        var scratch = new float[kernels.MatrixMultiplyScratch(Rows, Columns, Inner)];
        var whole = new float[Rows * Columns];
        kernels.MatrixMultiply(a, Inner, false, b, Columns, false, Rows, Columns, Inner, false, scratch, whole, Columns);
        var parts = new float[Rows * Columns];
        kernels.MatrixMultiply(a, Inner, false, b, Columns, false, 11, Columns, Inner, false, scratch, parts, Columns);
        kernels.MatrixMultiply(a.AsSpan(11 * Inner), Inner, false, b, Columns, false, Rows - 11, Columns, Inner, false, scratch, parts.AsSpan(11 * Columns), Columns);
        Assert.Equal(whole, parts);
    }

    private static void Compare(KernelSet kernels, int rows, int columns, int inner, bool transposeA, bool transposeB, bool accumulate, int seed)
    {
        // Strides beyond the width, and spans that start one float into their array: nothing is aligned.
        int aStride = (transposeA ? rows : inner) + 3, bStride = (transposeB ? inner : columns) + 1, productStride = columns + 2;
        var a = Backends.Random((transposeA ? inner : rows) * aStride + 1, seed).AsSpan(1);
        var b = Backends.Random((transposeB ? columns : inner) * bStride + 1, seed + 1).AsSpan(1);
        var start = Backends.Random(rows * productStride, seed + 2);
        var expected = start.ToArray();
        Backends.Scalar.MatrixMultiply(a, aStride, transposeA, b, bStride, transposeB, rows, columns, inner, accumulate, [], expected, productStride);
        var actual = start.ToArray();
        var scratch = new float[kernels.MatrixMultiplyScratch(rows, columns, inner)];
        kernels.MatrixMultiply(a, aStride, transposeA, b, bStride, transposeB, rows, columns, inner, accumulate, scratch, actual, productStride);
        KernelAssert.Close(expected, actual);
    }
}
