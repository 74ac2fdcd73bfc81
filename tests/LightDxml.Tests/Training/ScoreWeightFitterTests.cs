using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class ScoreWeightFitterTests
{
    private static readonly bool[] All = [true, true, true, true, true, true];

    [Fact]
    public void Fit_TargetsDrawnFromKnownWeights_FindsThem()
    {
        var random = new Random(1);
        const int Count = 40_000;
        var signals = new float[Count * 6];
        var targets = new bool[Count];
        for (var i = 0; i < Count; i++)
        {
            for (var s = 0; s < 6; s++)
                signals[i * 6 + s] = random.NextSingle() * 4 - 2;
            var x = signals.AsSpan(i * 6, 6);
            var score = 0.5 * x[0] + 2 * x[1] - 1 * x[2] + 0.8 * x[3] - 0.3 * x[4] + 0.4 * x[5] - 1;
            targets[i] = random.NextDouble() < 1 / (1 + Math.Exp(-score));
        }

        var weights = ScoreWeightFitter.Fit(signals, targets, All);

        // 40,000 draws tell a weight to about 0.015; the bound is six of that.
        Assert.Equal(0.5, weights.Logit, 0.1);
        Assert.Equal(2, weights.Margin, 0.1);
        Assert.Equal(-1, weights.Cosine, 0.1);
        Assert.Equal(0.8, weights.Centroid, 0.1);
        Assert.Equal(-0.3, weights.Frequency, 0.1);
        Assert.Equal(0.4, weights.FrequencyMargin, 0.1);
        Assert.Equal(-1, weights.Intercept, 0.1);
    }

    [Fact]
    public void Fit_SignalNotUsed_KeepsWeightZero()
    {
        float[] signals = [1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, 2, 1, 0, 0, 3, 2, 0, -2, 0, 1, -1, 1];
        var weights = ScoreWeightFitter.Fit(signals, [true, false, true, false], [false, true, false, false, false, false]);
        Assert.Equal(0, weights.Logit);
        Assert.Equal(0, weights.Cosine);
        Assert.Equal(0, weights.Centroid);
        Assert.Equal(0, weights.FrequencyMargin);
        Assert.True(weights.Margin > 0);
    }

    [Fact]
    public void Fit_SeparableOrConstantSignals_StayFinite()
    {
        var weights = ScoreWeightFitter.Fit([5, 1, 0, 3, 0, 1, 5, -1, 0, 3, 0, 1], [true, false], All);
        Assert.All(
            [weights.Logit, weights.Margin, weights.Cosine, weights.Centroid, weights.Frequency, weights.FrequencyMargin, weights.Intercept], value => Assert.True(float.IsFinite(value)));
    }
}
