using CsCheck;

namespace LightDxml.Kernels.Tests;

public class TopKPropertyTests
{
    private static readonly Gen<float> AnyScore = Gen.OneOf(
        Gen.Float, Gen.Int[-2, 2].Select(score => (float)score), Gen.OneOf(Gen.Const(float.NaN), Gen.Const(float.NegativeInfinity), Gen.Const(float.PositiveInfinity), Gen.Const(-0f)));

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void TopK_AnyScores_AreThoseOfAStableSort(string backend) => Gen.Select(AnyScore.Array[0, 90], Gen.Int[0, 100]).Sample((scores, k) =>
    {
        var (labels, best) = (new int[k], new float[k]);

        Backends.Get(backend).TopK(scores, labels, best);

        // A score of −∞ is selected like any other; the definition keeps only NaN out.
        int[] expected = [.. Enumerable.Range(0, scores.Length).Where(i => !float.IsNaN(scores[i])).OrderByDescending(i => scores[i]).Take(k)];
        Assert.Equal(expected, labels[..expected.Length]);
        Assert.All(labels[expected.Length..], label => Assert.Equal(-1, label));
        for (var place = 0; place < k; place++)
            Assert.Equal(place < expected.Length ? scores[expected[place]] : float.NegativeInfinity, best[place]);
    }, iter: 500);
}
