using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class ScoreWeightFitterTests
{
    private static readonly bool[] All = [true, true, true];

    [Fact]
    public void Fit_TargetsDrawnFromKnownWeights_FindsThem()
    {
        var random = new Random(1);
        const int Count = 40_000;
        var signals = new float[Count * 3];
        var targets = new bool[Count];
        for (var i = 0; i < Count; i++)
        {
            for (var s = 0; s < 3; s++)
                signals[i * 3 + s] = random.NextSingle() * 4 - 2;
            var score = 0.5 * signals[i * 3] + 2 * signals[i * 3 + 1] - 1 * signals[i * 3 + 2] - 1;
            targets[i] = random.NextDouble() < 1 / (1 + Math.Exp(-score));
        }

        var weights = ScoreWeightFitter.Fit(signals, targets, All);

        // 40,000 draws tell a weight to about 0.015; the bound is six of that.
        Assert.Equal(0.5, weights.Logit, 0.1);
        Assert.Equal(2, weights.Margin, 0.1);
        Assert.Equal(-1, weights.Cosine, 0.1);
        Assert.Equal(-1, weights.Intercept, 0.1);
    }

    [Fact]
    public void Fit_SignalNotUsed_KeepsWeightZero()
    {
        float[] signals = [1, 1, 1, -1, -1, -1, 2, 1, 0, 0, -2, 0];
        var weights = ScoreWeightFitter.Fit(signals, [true, false, true, false], [false, true, false]);
        Assert.Equal(0, weights.Logit);
        Assert.Equal(0, weights.Cosine);
        Assert.True(weights.Margin > 0);
    }

    [Fact]
    public void Fit_SeparableOrConstantSignals_StayFinite()
    {
        var weights = ScoreWeightFitter.Fit([5, 1, 0, 5, -1, 0], [true, false], All);
        Assert.All([weights.Logit, weights.Margin, weights.Cosine, weights.Intercept], value => Assert.True(float.IsFinite(value)));
    }
}
