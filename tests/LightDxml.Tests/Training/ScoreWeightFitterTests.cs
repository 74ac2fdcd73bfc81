using LightDxml.Data;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class ScoreWeightFitterTests
{
    private const int Signals = CandidateSignals.Count;
    private static readonly bool[] All = [.. Enumerable.Repeat(true, Signals)];

    [Fact]
    public void Fit_TargetsDrawnFromKnownWeights_FindsThem()
    {
        var random = new Random(1);
        const int Count = 40_000;
        var signals = new float[Count * Signals];
        var targets = new bool[Count];
        for (var i = 0; i < Count; i++)
        {
            for (var s = 0; s < Signals; s++)
                signals[i * Signals + s] = random.NextSingle() * 4 - 2;
            var x = signals.AsSpan(i * Signals, Signals);
            var score = 0.5 * x[0] + 2 * x[1] - 1 * x[2] + 0.8 * x[3] - 0.3 * x[4] + 0.4 * x[5] + 0.7 * x[6] - 0.6 * x[7] + 0.2 * x[8] - 1;
            targets[i] = random.NextDouble() < 1 / (1 + Math.Exp(-score));
        }

        var weights = Fit(signals, targets, All);

        // 40,000 draws tell a weight to about 0.015; the bound is six of that.
        Assert.Equal(0.5, weights.Logit, 0.1);
        Assert.Equal(2, weights.Margin, 0.1);
        Assert.Equal(-1, weights.Cosine, 0.1);
        Assert.Equal(0.8, weights.Centroid, 0.1);
        Assert.Equal(-0.3, weights.Frequency, 0.1);
        Assert.Equal(0.4, weights.FrequencyMargin, 0.1);
        Assert.Equal(0.7, weights.Name, 0.1);
        Assert.Equal(-0.6, weights.NameCoverage, 0.1);
        Assert.Equal(0.2, weights.FrequencyName, 0.1);
        Assert.Equal(-1, weights.Intercept, 0.1);
    }

    // Newton's whole steps raise the loss of these three signals from 0.096 to 0.159 in the seventh.
    [Fact]
    public void Fit_FurtherSteps_NeverRaiseTheLoss()
    {
        float[] three =
        [
            84.2f, -32.7f, -52, -7.1f, -0.4f, -17.1f, -1.5f, 0.8f, 27.8f, 4.9f, 0.9f, 8.8f, -3, 47.3f, -0.7f, 40.7f, -93, -89, -1, -1, -2.6f,
            0.5f, 0.4f, -9.2f, -93.3f, 1, 18.1f, 0.6f, -0.3f, -0.3f, 0.3f, -9.4f, -5.1f, 0.1f, 0.9f, 0.1f, 0.4f, -1.3f, 46.4f, 0.4f, 28.9f, -0.5f,
            -0.6f, 2.8f, -10, -0.8f, 0.5f, 6.8f, -0.5f, 3.7f, -0.2f, -9.7f, 1.3f, -3.7f, -0.6f, 28.8f, 98.9f, 10.4f, -0.6f, -29.6f,
        ];
        bool[] targets = [.. "00111000000011011010".Select(target => target == '1')];
        double[] losses = [.. Enumerable.Range(1, 12).Select(steps => Loss(LogisticRegression.Fit(three, 3, targets, [true, true, true], maxSteps: steps)))];

        // The test's loss has no ridge, whose 10⁻⁴ may give way by as much.
        Assert.All(losses.Skip(1).Zip(losses), pair => Assert.True(pair.First <= pair.Second + 1e-3));
        Assert.InRange(losses[^1], 0, 0.1);

        double Loss((float[] Weights, float Intercept) fitted) => Enumerable.Range(0, targets.Length).Average(i =>
        {
            var score = Enumerable.Range(0, 3).Sum(s => fitted.Weights[s] * three[i * 3 + s]) + fitted.Intercept;
            return Math.Log(1 + Math.Exp(targets[i] ? -score : score));
        });
    }

    [Theory]
    [InlineData(1000, 400, 400)]
    [InlineData(1000, 3000, 2000)]
    [InlineData(5_000_000, 400, 1)]
    public void Sample_PairsAreAtMostTwoMillion_AndSeeded(int candidates, int points, int expected)
    {
        var data = SmallData.Learnable(points, 20, 1);
        var sample = CandidateSignals.Sample(data, candidates, 1);
        Assert.Equal(expected, sample.PointCount);
        Assert.Equal(Rows(sample), Rows(CandidateSignals.Sample(data, candidates, 1)));
        Assert.Equal(3, CandidateSignals.Sample(data, 5, 1, mostPairs: 17).PointCount);
        if (expected < points)
            Assert.NotEqual(Rows(sample), Rows(CandidateSignals.Sample(data, candidates, 2)));

        static float[] Rows(Dataset of) => [.. Enumerable.Range(0, of.PointCount).SelectMany(point => of.Features.RowValues(point).ToArray())];
    }

    [Fact]
    public void Fit_SignalNotUsed_KeepsWeightZero()
    {
        float[] signals = [1, 1, 1, 1, 1, 1, 0, 0, 0, -1, -1, -1, -1, -1, -1, 0, 0, 0, 2, 1, 0, 0, 3, 2, 0, 0, 0, 0, -2, 0, 1, -1, 1, 0, 0, 0];
        var weights = Fit(signals, [true, false, true, false], [false, true, false, false, false, false, false, false, false]);
        Assert.Equal(0, weights.Logit);
        Assert.Equal(0, weights.Cosine);
        Assert.Equal(0, weights.Centroid);
        Assert.Equal(0, weights.FrequencyMargin);
        Assert.True(weights.Margin > 0);
    }

    [Fact]
    public void Fit_SeparableOrConstantSignals_StayFinite()
    {
        var weights = Fit([5, 1, 0, 3, 0, 1, 2, 0, 1, 5, -1, 0, 3, 0, 1, 2, 0, -1], [true, false], All);
        Assert.All(
            [weights.Logit, weights.Margin, weights.Cosine, weights.Centroid, weights.Frequency, weights.FrequencyMargin, weights.Name, weights.NameCoverage, weights.FrequencyName, weights.Intercept], value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Fit_SignalConstantButForRounding_GetsNoWeightToSpeakOf()
    {
        var random = new Random(2);
        float[] signals = [.. Enumerable.Range(0, 200).SelectMany(i => new[] { 1 + (i % 2) * 1e-7f, random.NextSingle() })];
        bool[] targets = [.. Enumerable.Range(0, 200).Select(_ => random.Next(4) > 0)];
        var (weights, intercept) = LogisticRegression.Fit(signals, 2, targets, [true, true]);
        Assert.InRange(weights[0], -1e-3f, 1e-3f);
        Assert.InRange(intercept, -10f, 10f);
    }

    // One signal of deviation 1 and two examples that it parts: the minimum of ln(1 + e^−w) + trust · (w − 4)² / 2, besides the ridge.
    [Theory]
    [InlineData(1000, 4.000)]
    [InlineData(1, 4.035)]
    [InlineData(0.001, 6.0)]
    public void Fit_WeightsThatAreExpected_GiveWayToExamples(double trust, double expected)
    {
        var (weights, intercept) = LogisticRegression.Fit([-1, 1], 1, [false, true], [true], [4], trust);
        Assert.Equal(0, intercept, 1e-5);
        Assert.Equal(expected, weights[0], trust < 1 ? 1.5 : 0.02);
        Assert.InRange(Slope(weights[0]), -1e-3, 1e-3);

        // Of the mean loss over both examples.
        double Slope(double w) => -1 / (1 + Math.Exp(w)) + 1e-4 * w + trust / 2 * (w - 4);
    }

    [Fact]
    public void Fit_FewExamples_StaysNearTheWeightsOfATrainingWithoutHeldOutDocuments()
    {
        var signals = new float[4 * Signals];
        for (var example = 0; example < 4; example++)
            (signals[example * Signals], signals[example * Signals + 1], signals[example * Signals + 2]) = (example % 2, example / 2 - 0.5f, example % 2 * -1f);
        var weights = Fit(signals, [false, true, true, false], All);
        Assert.Equal(ScoreWeights.Unfitted.Margin, weights.Margin, 0.5f);
        Assert.Equal(ScoreWeights.Unfitted.Logit, weights.Logit, 0.5f);
        Assert.Equal(0, weights.Cosine, 0.5f);
    }

    private static ScoreWeights Fit(float[] signals, bool[] targets, bool[] used) =>
        Assert.Single(ScoreWeightFitter.FitEach(new CandidateSignals(signals, targets), [used], 1));
}
