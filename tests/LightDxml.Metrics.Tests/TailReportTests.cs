using LightDxml.Configuration;
using LightDxml.TestKit;

namespace LightDxml.Metrics.Tests;

public class TailReportTests
{
    // Training frequencies 1, 4, 0, 2, 1: sorted 4, 2, 1, 1, so that two bins of mass 4 hold label 1 and labels 3, 0, 4.
    private static readonly FrequencyBins TwoBins = FrequencyBins.Of(
        Points.Labels(5, [1, 0], [1, 3], [1, 3], [1, 4]), binCount: 2);

    [Fact]
    public void Bins_HaveEqualMass_HeadFirst_UnseenLast()
    {
        Assert.Equal(
            [new FrequencyBin(1, 4, 4, 4), new FrequencyBin(3, 4, 1, 2), new FrequencyBin(1, 0, 0, 0)],
            TwoBins.Bins);
        Assert.Equal([1, 0, 2, 1, 1], Enumerable.Range(0, 5).Select(TwoBins.BinOf));
        Assert.Same(TwoBins.Bins[2], TwoBins.Unseen);
    }

    [Fact]
    public void Bins_EqualFrequencies_LowerRowComesFirst()
    {
        var bins = FrequencyBins.Of(Points.Labels(4, [0, 1, 2, 3]), binCount: 2);
        Assert.Equal([0, 0, 1, 1], Enumerable.Range(0, 4).Select(bins.BinOf));
        Assert.Equal(0, bins.Unseen.LabelCount);
    }

    [Fact]
    public void Bins_LabelAboveItsShare_LeavesNoBinEmpty()
    {
        // Frequencies 6, 1, 1, 1: the head alone exceeds a third of the mass; of the 3 that are left, 1 and 2 are as near to half as 2 and 1.
        var bins = FrequencyBins.Of(Points.Labels(4, [0], [0], [0], [0, 1], [0, 2], [0, 3]), binCount: 3);
        Assert.Equal([1, 2, 1, 0], bins.Bins.Select(bin => bin.LabelCount));
    }

    [Fact]
    public void Bins_FewerSeenLabelsThanBins_OneLabelEach()
    {
        var bins = FrequencyBins.Of(Points.Labels(3, [0, 2], [2]));
        Assert.Equal([1, 1, 1], bins.Bins.Select(bin => bin.LabelCount));
        Assert.Equal([1, 2, 0], Enumerable.Range(0, 3).Select(bins.BinOf));
    }

    [Fact]
    public void Bins_PowerLaw_MassDiffersByLessThanALabel()
    {
        // Frequencies 120/1, 120/2 … 120/40, mass 508 or so.
        int[] frequencies = [.. Enumerable.Range(1, 40).Select(rank => 120 / rank)];
        int[][] rows = [.. Enumerable.Range(0, 120).Select(point => Enumerable.Range(0, 40).Where(label => frequencies[label] > point).ToArray())];
        var bins = FrequencyBins.Of(Points.Labels(40, rows), binCount: 5);
        Assert.Equal(frequencies.Sum(), bins.Bins.Sum(bin => bin.TrainingPairs));
        foreach (var bin in bins.Bins.Take(5).Skip(1))
            Assert.InRange(bin.TrainingPairs, frequencies.Sum() / 5 - 60, frequencies.Sum() / 5 + 60);
    }

    [Fact]
    public void BinCountNotPositive_IsRefused() =>
        Assert.Throws<OptionsException>(() => FrequencyBins.Of(Points.Labels(1, [0]), binCount: 0));

    // Point 0 has labels 1 and 2 and hits 1 then 2; point 1 has label 3 and hits it second; weights 1, 2, 3, 4, 5.
    // k = 2: three hits of 2 · 2; recall 1/2 + 1/2 of point 0 and 1 of point 1, over 2; weights 2 + 3 + 4 of the ideal (3 + 2) + 4.
    [Fact]
    public void Contributions_HandCase()
    {
        var report = TailReport.Of(
            Points.Ranking(5, [1, 2], [0, 3]), Points.Labels(5, [1, 2], [3]), TwoBins, new EvaluationOptions { Ks = [1, 2] }, [1, 2, 3, 4, 5]);
        Assert.Equal([1.0 / 4, 1.0 / 4, 1.0 / 4], report.Bins.Select(bin => bin.Precision[1]));
        Assert.Equal([1.0 / 4, 1.0 / 2, 1.0 / 4], report.Bins.Select(bin => bin.Recall[1]));
        Assert.Equal([2.0 / 9, 4.0 / 9, 3.0 / 9], report.Bins.Select(bin => bin.PropensityScoredPrecision![1]));
        // k = 1: only label 1 of point 0.
        Assert.Equal([1.0 / 2, 0, 0], report.Bins.Select(bin => bin.Precision[0]));
        Assert.Equal([1, 1, 1], report.Bins.Select(bin => bin.TestLabelCount));
        Assert.Equal([2], report.UnseenTestLabels);
    }

    [Fact]
    public void Contributions_AddUpToTheMetric()
    {
        const int labelCount = 60;
        var (train, _) = Points.Random(seed: 1, points: 60, labelCount);
        var (truth, rankings) = Points.Random(seed: 2, points: 2500, labelCount);
        // The last labels are kept out of training.
        train = [.. train.Select(labels => labels.Where(label => label < 55).ToArray())];
        var options = new EvaluationOptions();
        var trainLabels = Points.Labels(labelCount, train);
        var weights = Propensities.Inverse(trainLabels, PropensityOptions.Standard);
        var (predictions, truthLabels) = (Points.Ranking(labelCount, rankings), Points.Labels(labelCount, truth));
        var report = Evaluator.Evaluate(predictions, truthLabels, options, weights);
        var tail = TailReport.Of(predictions, truthLabels, FrequencyBins.Of(trainLabels), options, weights);
        for (var slot = 0; slot < options.Ks.Count; slot++)
        {
            Assert.Equal(report.Precision[slot], tail.Bins.Sum(bin => bin.Precision[slot]), 1e-12);
            Assert.Equal(report.Recall[slot], tail.Bins.Sum(bin => bin.Recall[slot]), 1e-12);
            Assert.Equal(report.PropensityScoredPrecision![slot], tail.Bins.Sum(bin => bin.PropensityScoredPrecision![slot]), 1e-12);
        }

        Assert.Equal(truthLabels.NonZeroCount, tail.Bins.Sum(bin => bin.TestPairs));
        Assert.Superset(new HashSet<int> { 55, 56, 57, 58, 59 }, tail.UnseenTestLabels.ToHashSet());
        Assert.True(tail.Bins[^1].Precision[4] > 0);
    }

    [Fact]
    public void BinsOfOtherLabels_AreNamed()
    {
        var fault = Assert.Throws<LightDxmlException>(() =>
            TailReport.Of(Points.Ranking(2, [0]), Points.Labels(2, [0]), TwoBins, new EvaluationOptions()));
        Assert.Equal("The training set has 5 labels, but the test set has 2.", fault.Message);
    }
}
