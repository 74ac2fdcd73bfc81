using LightDxml.Configuration;
using LightDxml.TestKit;

namespace LightDxml.Metrics.Tests;

/// <summary>
/// Three points, four labels:
/// <code>
/// point  truth  ranking
/// 0      0 1    0 2 1
/// 1      1      2 0 1
/// 2      1 3    2 3 0
/// </code>
/// </summary>
public class LabelScoresTests
{
    private static readonly LightDxml.Data.SparseMatrix Truth = Points.Labels(4, [0, 1], [1], [1, 3]);
    private static readonly LightDxml.Data.RankedLabels Rankings = Points.Ranking(4, [0, 2, 1], [2, 0, 1], [2, 3, 0]);

    [Fact]
    public void Counts_AreOfTheFirstKPlaces()
    {
        var scores = LabelScores.Of(Rankings, Truth, k: 2);
        Assert.Equal([1, 3, 0, 1], Enumerable.Range(0, 4).Select(scores.TestPoints));
        Assert.Equal([2, 0, 3, 1], Enumerable.Range(0, 4).Select(scores.Predicted));
        Assert.Equal([1, 0, 0, 1], Enumerable.Range(0, 4).Select(scores.Hits));
        Assert.Equal([0.5, 0, 0, 1], Enumerable.Range(0, 4).Select(scores.Precision));
        Assert.Equal([1, 0, 0, 1], Enumerable.Range(0, 4).Select(scores.Recall));
        Assert.Equal([2.0 / 3, 0, 0, 1], Enumerable.Range(0, 4).Select(scores.F1));
    }

    [Fact]
    public void MeansOverTestLabels_AreTheEvaluatorsMacroMetrics()
    {
        var (truth, rankings) = Points.Random(seed: 5, points: 1500, labelCount: 40);
        var (labels, predictions) = (Points.Labels(40, truth), Points.Ranking(40, rankings));
        var scores = LabelScores.Of(predictions, labels, k: 3);
        var report = Evaluator.Evaluate(predictions, labels, new EvaluationOptions { Ks = [3] });
        int[] test = [.. Enumerable.Range(0, 40).Where(label => scores.TestPoints(label) > 0)];
        Assert.Equal(report.MacroPrecision[0], test.Average(scores.Precision), 1e-12);
        Assert.Equal(report.MacroRecall[0], test.Average(scores.Recall), 1e-12);
        Assert.Equal(report.MacroF1[0], test.Average(scores.F1), 1e-12);
    }

    // Label 1 is missed on all three points in the first two places; there stand wrongly 2, then 2 and 0, then 2.
    [Fact]
    public void Confusions_AreTheWrongLabelsOfThePointsThatMiss_MostFrequentFirst()
    {
        var confusions = LabelConfusions.Count(Rankings, Truth, k: 2);
        Assert.Equal([new Confusion(2, 3), new Confusion(0, 1)], confusions.Of(1));
        Assert.Empty(confusions.Of(0));
        Assert.Equal([new Confusion(2, 3)], LabelConfusions.Count(Rankings, Truth, k: 2, perLabel: 1).Of(1));
    }

    [Fact]
    public void Groups_ContributionsAddUp_AndFoundIsOfTheGroupsPairs()
    {
        var groups = new LabelGroups(["even", "odd"], [0, 1, 0, 1]);
        var report = GroupReport.Of(Rankings, Truth, groups, new EvaluationOptions { Ks = [2, 3] }, [1, 2, 4, 8]);
        // Hits in the first two: label 0 on point 0, label 3 on point 2, of 6 places; even has 1 pair, odd 4.
        Assert.Equal([1.0 / 6, 1.0 / 6], report.Groups.Select(group => group.Precision[0]));
        Assert.Equal([1.0, 1.0 / 4], report.Groups.Select(group => group.Found[0]));
        Assert.Equal([1.0, 3.0 / 4], report.Groups.Select(group => group.Found[1]));
        Assert.Equal([1, 4], report.Groups.Select(group => group.TestPairs));
        // Weights: 1 and 8 of the best attainable (1 + 2) + 2 + (2 + 8).
        Assert.Equal([1.0 / 15, 8.0 / 15], report.Groups.Select(group => group.PropensityScoredPrecision![0]));
        // Test labels: 0 of the even with F1 2/3; 1 and 3 of the odd with 0 and 1.
        Assert.Equal([2.0 / 3, 0.5], report.Groups.Select(group => group.MacroF1[0]));
    }

    [Fact]
    public void GroupsOfFrequencyBins_GiveTheTailReport()
    {
        var (truth, rankings) = Points.Random(seed: 6, points: 1300, labelCount: 50);
        var (train, _) = Points.Random(seed: 7, points: 90, labelCount: 50);
        var (labels, predictions, trainLabels) = (Points.Labels(50, truth), Points.Ranking(50, rankings), Points.Labels(50, train));
        var (bins, options, weights) = (FrequencyBins.Of(trainLabels), new EvaluationOptions(), Propensities.Inverse(trainLabels, PropensityOptions.Standard));
        var tail = TailReport.Of(predictions, labels, bins, options, weights);
        var groups = GroupReport.Of(predictions, labels, LabelGroups.Of(bins), options, weights);
        for (var bin = 0; bin < tail.Bins.Count; bin++)
        {
            Assert.Equal(tail.Bins[bin].Precision, groups.Groups[bin].Precision);
            Assert.Equal(tail.Bins[bin].Recall, groups.Groups[bin].Recall);
            Assert.Equal(tail.Bins[bin].PropensityScoredPrecision, groups.Groups[bin].PropensityScoredPrecision);
            Assert.Equal(tail.Bins[bin].TestPairs, groups.Groups[bin].TestPairs);
        }
    }

    [Fact]
    public void GroupWithoutAName_IsRefused() =>
        Assert.Throws<OptionsException>(() => new LabelGroups(["a"], [0, 1]));
}
