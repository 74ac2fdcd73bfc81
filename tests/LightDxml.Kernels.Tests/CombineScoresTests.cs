namespace LightDxml.Kernels.Tests;

public class CombineScoresTests
{
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void CombineScores_EveryLength_MatchesTheDefinition(string backend)
    {
        for (var n = 0; n <= 257; n++)
        {
            // One element in front: the spans are not aligned to a vector.
            var logits = Backends.Random(n + 1, n).AsSpan(1);
            var similarities = Backends.Random(n + 1, n + 1000).AsSpan(1);
            for (var j = 0; j < n; j++)
                logits[j] *= 20;
            var expected = new float[n];
            var actual = new float[n + 1];
            Backends.Scalar.CombineScores(logits, similarities, 0.75f, expected);
            Backends.Get(backend).CombineScores(logits, similarities, 0.75f, actual.AsSpan(0, n));

            // Two sigmoids of 3 ulp and a rounding each: at most 4 ulp of values up to 1.
            for (var j = 0; j < n; j++)
                Assert.Equal(expected[j], actual[j], 4 * 1.2e-7f);
            Assert.Equal(0, actual[n]);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void CombineScores_SpecialValues_FollowTheDefinition(string backend)
    {
        float[] logits = [float.NegativeInfinity, float.PositiveInfinity, float.NaN, 0, 0, 100, -200];
        float[] similarities = [1, float.NegativeInfinity, 0, float.NaN, 0, 100, -200];
        var scores = new float[logits.Length];
        Backends.Get(backend).CombineScores(logits, similarities, 0.5f, scores);
        Assert.Equal([float.NegativeInfinity, 0.5f, float.NaN, float.NaN, 0.5f, 1, 0], scores);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void CombineScores_InPlaceAndCutAnywhere_GivesTheSameBits(string backend)
    {
        var kernels = Backends.Get(backend);
        var logits = Backends.Random(101, 1);
        var similarities = Backends.Random(101, 2);
        var whole = new float[101];
        kernels.CombineScores(logits, similarities, 0.3f, whole);
        for (var cut = 0; cut <= 101; cut += 7)
        {
            var inPlace = logits.ToArray();
            kernels.CombineScores(inPlace.AsSpan(0, cut), similarities.AsSpan(0, cut), 0.3f, inPlace.AsSpan(0, cut));
            kernels.CombineScores(inPlace.AsSpan(cut), similarities.AsSpan(cut), 0.3f, inPlace.AsSpan(cut));
            Assert.Equal(whole, inPlace);
        }
    }
}
