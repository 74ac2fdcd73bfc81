namespace LightDxml.Kernels.Tests;

public class TopKTests
{
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void TopK_EveryLength_IsTheDefinition(string backend)
    {
        for (var n = 0; n <= 257; n++)
        {
            foreach (var k in new[] { 0, 1, 5, 41, n / 2, n, n + 3 })
                AssertDefinition(backend, Backends.Random(n + 1, n).AsSpan(1), k);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void TopK_LongRows_IsTheDefinition(string backend)
    {
        // Widths around the sizes of the waiting buffer and of the sort buffer.
        foreach (var k in new[] { 1, 63, 64, 65, 500, 1023, 1024, 1025, 3000, 5000, 5001 })
            AssertDefinition(backend, Backends.Random(5000, k), k);

        // The worst case of a stream, every score better than all before, and the best case.
        var rising = new float[5000];
        for (var i = 0; i < rising.Length; i++)
            rising[i] = i - 2500;
        AssertDefinition(backend, rising, 300);
        Array.Reverse(rising);
        AssertDefinition(backend, rising, 300);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void TopK_EqualScores_LowerIndexFirst(string backend)
    {
        foreach (var distinct in new[] { 1, 2, 7 })
        {
            foreach (var k in new[] { 1, 30, 200, 1500, 3000 })
            {
                var random = new Random(distinct);
                var scores = new float[3000];
                for (var i = 0; i < scores.Length; i++)
                    scores[i] = random.Next(distinct) - 3;
                AssertDefinition(backend, scores, k);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void TopK_NegativeAndPositiveZero_AreTies(string backend)
    {
        var scores = new float[200];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = i % 3 == 0 ? 0f : -0f;
        foreach (var k in new[] { 3, 100, 200 })
            AssertDefinition(backend, scores, k);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void TopK_NaN_IsNeverSelected(string backend)
    {
        foreach (var n in new[] { 1, 16, 33, 2500 })
        {
            var scores = Backends.Random(n, n);
            for (var i = 0; i < n; i += 2)
                scores[i] = float.NaN;
            foreach (var k in new[] { 1, 10, n / 2, n })
                AssertDefinition(backend, scores, k);
            Array.Fill(scores, float.NaN);
            AssertDefinition(backend, scores, 4);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void TopK_Infinities_AreOrdinaryScores(string backend)
    {
        var scores = Backends.Random(300, 3);
        for (var i = 0; i < scores.Length; i += 3)
            scores[i] = i % 2 == 0 ? float.NegativeInfinity : float.PositiveInfinity;
        foreach (var k in new[] { 10, 60, 250, 300, 310 })
            AssertDefinition(backend, scores, k);
    }

    // Of very many scores a sample tells which ones need no look.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void TopK_VeryLongRows_IsTheDefinition(string backend)
    {
        foreach (var n in new[] { 8191, 8192, 20_000, 40_003 })
        {
            var scores = Backends.Random(n, n);
            foreach (var k in new[] { 1, 10, 400, n / 16, n / 16 + 1, 3000 })
                AssertDefinition(backend, scores, k);

            // The sample is taken at even distances: there the best scores lie, and it promises more of them than there are.
            var stride = n / 1024;
            var misleading = (float[])scores.Clone();
            for (var i = 0; i < 1024; i++)
                misleading[i * stride] += 10;
            AssertDefinition(backend, misleading, n / 16);
            for (var i = 0; i < n; i++)
                misleading[i] = i % stride == 0 && i < 300 * stride ? 2 : i < n - 100 ? 1 : float.NaN;
            foreach (var k in new[] { 200, 400 })
                AssertDefinition(backend, misleading, k);
            Array.Fill(misleading, float.NaN);
            misleading[n - 1] = 1;
            AssertDefinition(backend, misleading, 5);
        }
    }

    private static void AssertDefinition(string backend, ReadOnlySpan<float> scores, int k)
    {
        var expectedIndices = new int[k];
        var expectedScores = new float[k];
        Backends.Scalar.TopK(scores, expectedIndices, expectedScores);

        // One slot more than k: what lies behind the result stays as it was.
        var indices = new int[k + 1];
        var topScores = new float[k + 1];
        indices[k] = 77;
        topScores[k] = 77;
        Backends.Get(backend).TopK(scores, indices.AsSpan(0, k), topScores.AsSpan(0, k));
        Assert.Equal([.. expectedIndices, 77], indices);
        Assert.Equal([.. expectedScores, 77], topScores);
    }
}
