using LightDxml.Data;

namespace LightDxml.Kernels.Ilgpu.Tests;

/// <summary>Every operation that GPUs have too, over every backend of the build, against the scalar definition.</summary>
public sealed class GpuKernelTests
{
    [SkippableTheory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void InnerProductTopK_WholeNumbers_IsTheDefinition_TiesToTheLowerRow(string backend)
    {
        var kernels = Backends.Get(backend);
        foreach (var (queries, labels, dim, k) in new[] { (1, 1, 1, 1), (3, 40, 17, 5), (5, 130, 16, 130), (9, 65, 33, 80), (2, 0, 4, 3), (17, 33, 5, 1) })
        {
            AssertDefinition(kernels, Backends.WholeNumbers(queries, dim, queries), Backends.WholeNumbers(labels, dim, labels), k);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void InnerProductTopK_AllEqual_LowerRowsInOrder(string backend) =>
        AssertDefinition(Backends.Get(backend), Backends.WholeNumbers(2, 16, 1), new DenseMatrix(100, 16), 30);

    [SkippableTheory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void InnerProductTopK_NegativeProducts_AreOrderedToo(string backend)
    {
        // Scores from −20 to −1 and two zeros of either sign, which are equal.
        var labels = new DenseMatrix(22, 1);
        for (var row = 0; row < 20; row++)
            labels.Row(row)[0] = -1 - (row * 7 % 20);
        labels.Row(20)[0] = -0f;
        var queries = new DenseMatrix(1, 1);
        queries.Row(0)[0] = 1;
        AssertDefinition(Backends.Get(backend), queries, labels, 22);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void InnerProductTopK_NaNLabel_IsNeverSelected(string backend)
    {
        var labels = Backends.WholeNumbers(40, 16, 5);
        labels.Row(7)[3] = float.NaN;
        labels.Row(39)[0] = float.NaN;
        AssertDefinition(Backends.Get(backend), Backends.WholeNumbers(3, 16, 6), labels, 40);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void InnerProductTopK_InfiniteProducts_AreSelected(string backend)
    {
        var labels = Backends.WholeNumbers(9, 1, 5);
        labels.Row(2)[0] = float.PositiveInfinity;
        labels.Row(4)[0] = float.NegativeInfinity;
        var queries = new DenseMatrix(1, 1);
        queries.Row(0)[0] = 1;
        AssertDefinition(Backends.Get(backend), queries, labels, 9);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void InnerProductTopK_RandomRows_ScoresAreTheProducts(string backend)
    {
        const int Queries = 4, Labels = 90, Dim = 150, K = 20;
        var queries = Backends.Random(Queries, Dim, 1);
        var labels = Backends.Random(Labels, Dim, 2);
        var (rows, scores) = Search(Backends.Get(backend), queries, labels, K);
        for (var i = 0; i < rows.Length; i++)
        {
            var exact = 0d;
            for (var d = 0; d < Dim; d++)
                exact += (double)queries.Row(i / K)[d] * labels.Row(rows[i])[d];
            AssertClose(exact, scores[i]);
            Assert.True(i % K == 0 || scores[i - 1] >= scores[i]);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void NormalizeRows_AnyLength_HasUnitLength_ZerosStay(string backend)
    {
        var kernels = Backends.Get(backend);
        foreach (var dim in new[] { 1, 2, 15, 16, 17, 300 })
        {
            var rows = Backends.Random(6, dim, dim);
            rows.Row(4).Clear();
            var expected = rows.Clone();
            Backends.Scalar.NormalizeRows(expected);
            kernels.NormalizeRows(rows);
            AssertClose(expected.Span, rows.Span);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void LabelCentroids_RandomPoints_AreMeans_NoPointsGiveZeros(string backend)
    {
        var kernels = Backends.Get(backend);
        int[] offsets = [0, 3, 3, 4, 11], points = [5, 0, 2, 7, 1, 1, 6, 0, 3, 4, 2];
        foreach (var dim in new[] { 1, 16, 19 })
        {
            var documents = Backends.Random(8, dim, dim);
            var expected = new DenseMatrix(4, dim);
            var actual = Backends.Random(4, dim, 1);
            Backends.Scalar.LabelCentroids(offsets, points, documents, expected);
            kernels.LabelCentroids(offsets, points, documents, actual);
            AssertClose(expected.Span, actual.Span);
        }
    }

    private static void AssertDefinition(IGpuBackend kernels, DenseMatrix queries, DenseMatrix labels, int k)
    {
        var expected = Search(Backends.Scalar, queries, labels, k);
        var actual = Search(kernels, queries, labels, k);
        Assert.Equal(expected.Rows, actual.Rows);
        Assert.Equal(expected.Scores, actual.Scores);
    }

    private static (int[] Rows, float[] Scores) Search(IGpuBackend kernels, DenseMatrix queries, DenseMatrix labels, int k)
    {
        var rows = new int[queries.RowCount * k];
        var scores = new float[queries.RowCount * k];
        kernels.InnerProductTopK(queries, labels, k, rows, scores);
        return (rows, scores);
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            AssertClose(expected[i], actual[i]);
    }

    // 1e-4 relative, or absolute below 1: the sums of at most some hundred products of at most 1, in any order.
    private static void AssertClose(double expected, double actual) =>
        Assert.Equal(expected, actual, 1e-4 * Math.Max(1, Math.Abs(expected)));
}
