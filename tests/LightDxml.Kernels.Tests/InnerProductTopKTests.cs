namespace LightDxml.Kernels.Tests;

public class InnerProductTopKTests
{
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void InnerProductTopK_WholeNumbers_IsTheDefinition(string backend)
    {
        // Products of small whole numbers are exact in any order of summation, and full of ties.
        foreach (var dim in new[] { 1, 3, 4, 15, 16, 17, 31, 48, 257 })
        {
            foreach (var labels in new[] { 0, 1, 3, 16, 17, 255, 256, 257, 700 })
            {
                foreach (var k in new[] { 1, 5, 80, labels, labels + 2 })
                    AssertDefinition(backend, Backends.WholeNumbers(5 * (dim + 3), dim), 5, dim + 3, Backends.WholeNumbers(labels * (dim + 1), labels), labels, dim + 1, dim, k);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void InnerProductTopK_EveryQueryCount_IsTheDefinition(string backend)
    {
        // 130 queries are more than two blocks of open selections.
        foreach (var queries in new[] { 0, 1, 2, 3, 4, 5, 7, 8, 63, 64, 65, 130 })
            AssertDefinition(backend, Backends.WholeNumbers(queries * 16, queries), queries, 16, Backends.WholeNumbers(100 * 16, 9), 100, 16, 16, 20);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void InnerProductTopK_AnyCutOfTheQueries_GivesTheSameBits(string backend)
    {
        const int Queries = 11, Labels = 333, Dim = 37, K = 50;
        var kernels = Backends.Get(backend);
        var queries = Backends.Random(Queries * Dim, 1);
        var labels = Backends.Random(Labels * Dim, 2);
        var (rows, scores) = Search(kernels, queries, Queries, Dim, labels, Labels, Dim, Dim, K);
        for (var cut = 1; cut < Queries; cut++)
        {
            var (head, headScores) = Search(kernels, queries.AsSpan(0, cut * Dim), cut, Dim, labels, Labels, Dim, Dim, K);
            var (tail, tailScores) = Search(kernels, queries.AsSpan(cut * Dim), Queries - cut, Dim, labels, Labels, Dim, Dim, K);
            Assert.Equal(rows, head.Concat(tail));
            Assert.Equal(scores, headScores.Concat(tailScores));
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void InnerProductTopK_RandomRows_ScoresAreTheProducts(string backend)
    {
        const int Queries = 6, Labels = 500, Dim = 304, K = 120;
        var queries = Backends.Random(Queries * Dim, 3);
        var labels = Backends.Random(Labels * Dim, 4);
        var (rows, scores) = Search(Backends.Get(backend), queries, Queries, Dim, labels, Labels, Dim, Dim, K);
        for (var q = 0; q < Queries; q++)
        {
            Assert.Equal(K, rows.AsSpan(q * K, K).ToArray().Distinct().Count());
            for (var j = 0; j < K; j++)
            {
                var exact = 0d;
                for (var d = 0; d < Dim; d++)
                    exact += (double)queries[q * Dim + d] * labels[rows[q * K + j] * Dim + d];

                // n roundings of half an ulp each of partial sums below n/3: the worst case, n²/3 · 2⁻²⁴.
                Assert.Equal(exact, scores[q * K + j], Dim * (double)Dim / 3 / (1 << 24));
                Assert.True(j == 0 || scores[q * K + j - 1] >= scores[q * K + j]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void InnerProductTopK_NaNLabel_IsNeverSelected(string backend)
    {
        var labels = Backends.WholeNumbers(40 * 16, 5);
        labels[7 * 16 + 3] = float.NaN;
        labels[39 * 16] = float.NaN;
        AssertDefinition(backend, Backends.WholeNumbers(3 * 16, 6), 3, 16, labels, 40, 16, 16, 40);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void InnerProductTopK_ManyEqualLabels_LowerRowFirst(string backend) =>
        AssertDefinition(backend, Backends.WholeNumbers(2 * 16, 6), 2, 16, new float[3000 * 16], 3000, 16, 16, 1500);

    private static void AssertDefinition(
        string backend, ReadOnlySpan<float> queries, int queryCount, int queryStride,
        ReadOnlySpan<float> labels, int labelCount, int labelStride, int dim, int k)
    {
        var expected = Search(Backends.Scalar, queries, queryCount, queryStride, labels, labelCount, labelStride, dim, k);
        var actual = Search(Backends.Get(backend), queries, queryCount, queryStride, labels, labelCount, labelStride, dim, k);
        Assert.Equal(expected.Rows, actual.Rows);
        Assert.Equal(expected.Scores, actual.Scores);
    }

    private static (int[] Rows, float[] Scores) Search(
        KernelSet kernels, ReadOnlySpan<float> queries, int queryCount, int queryStride,
        ReadOnlySpan<float> labels, int labelCount, int labelStride, int dim, int k)
    {
        // Scratch holds anything at the start.
        var scratch = new float[kernels.InnerProductTopKScratch(queryCount, labelCount, dim, k)];
        Array.Fill(scratch, float.NaN);
        var rows = new int[queryCount * k];
        var scores = new float[queryCount * k];
        kernels.InnerProductTopK(queries, queryCount, queryStride, labels, labelCount, labelStride, dim, k, scratch, rows, scores);
        return (rows, scores);
    }
}
