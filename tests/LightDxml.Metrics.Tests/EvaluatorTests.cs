using LightDxml.Configuration;
using LightDxml.TestKit;

namespace LightDxml.Metrics.Tests;

public class EvaluatorTests
{
    private const int LabelCount = 50;
    private static readonly EvaluationOptions UpTo8 = new() { Ks = [1, 2, 3, 5, 8], ScoreThreshold = 0.4 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Metrics_LieInZeroToOne(int seed)
    {
        var report = EvaluateRandom(seed, points: 300);
        Assert.All(Lists(report).SelectMany(list => list), value => Assert.InRange(value, 0, 1));
        // Rankings that hit about half of the time leave no metric at an end.
        Assert.All(Lists(report), list => Assert.InRange(list[0], 0.01, 0.99));
    }

    [Fact]
    public void RecallAndCoverage_GrowWithK_AndAbandonmentFalls()
    {
        var report = EvaluateRandom(seed: 3, points: 300);
        for (var slot = 1; slot < report.Ks.Count; slot++)
        {
            Assert.True(report.Recall[slot] >= report.Recall[slot - 1]);
            Assert.True(report.Coverage[slot] >= report.Coverage[slot - 1]);
            Assert.True(report.Abandonment[slot] <= report.Abandonment[slot - 1]);
        }

        Assert.Equal(1, report.Precision[0] + report.Abandonment[0], 1e-12);
    }

    [Fact]
    public void PerfectRanking_ScoresOne()
    {
        var (truth, _) = Points.Random(seed: 4, points: 200, LabelCount);
        truth = [.. truth.Where(labels => labels.Length > 0)];
        // The rarer label first: hits weighed by inverse propensity then come in the best order, and without weights any order is best.
        var weights = Weights();
        int[][] rankings = [.. truth.Select(labels => labels.OrderByDescending(label => weights[label]).ToArray())];
        var report = Evaluator.Evaluate(Points.Ranking(LabelCount, rankings), Points.Labels(LabelCount, truth), UpTo8, weights);
        Assert.Equal(1, report.Precision[0], 1e-12);
        Assert.Equal(1, report.Recall[^1], 1e-12);
        Assert.All(report.Ndcg, value => Assert.Equal(1, value, 1e-12));
        Assert.All(report.PropensityScoredPrecision!, value => Assert.Equal(1, value, 1e-12));
        Assert.All(report.PropensityScoredNdcg!, value => Assert.Equal(1, value, 1e-12));
        Assert.All((double[])[report.MacroPrecision[^1], report.MacroRecall[^1], report.MacroF1[^1], report.Coverage[^1]], value => Assert.Equal(1, value, 1e-12));
    }

    [Fact]
    public void RenamingLabels_ChangesNoMetric()
    {
        var (truth, rankings) = Points.Random(seed: 5, points: 300, LabelCount);
        int[] rename = [.. Enumerable.Range(0, LabelCount).Select(label => label * 7 % LabelCount)];
        var weights = Weights();
        var renamedWeights = new double[LabelCount];
        for (var label = 0; label < LabelCount; label++)
            renamedWeights[rename[label]] = weights[label];
        var plain = Evaluator.Evaluate(Points.Ranking(LabelCount, rankings), Points.Labels(LabelCount, truth), UpTo8, weights);
        var renamed = Evaluator.Evaluate(
            Points.Ranking(LabelCount, Rename(rankings)), Points.Labels(LabelCount, Rename(truth)), UpTo8, renamedWeights);
        foreach (var (expected, actual) in Lists(plain).Zip(Lists(renamed)))
            for (var slot = 0; slot < expected.Count; slot++)
                Assert.Equal(expected[slot], actual[slot], 1e-12);

        int[][] Rename(int[][] rows) => [.. rows.Select(row => row.Select(label => rename[label]).ToArray())];
    }

    [Fact]
    public void NumberOfThreads_ChangesNoBit()
    {
        // Points for five ranges, the last not full.
        var one = EvaluateRandom(seed: 6, points: 4500, threads: 1);
        var four = EvaluateRandom(seed: 6, points: 4500, threads: 4);
        Assert.Equal(Lists(one), Lists(four));
        Assert.Equal(one.AtThreshold, four.AtThreshold);
    }

    [Fact]
    public void RanksBeyondTheRanking_AreMisses()
    {
        var report = Evaluator.Evaluate(Points.Ranking(3, [1, 2]), Points.Labels(3, [0, 1, 2]), new EvaluationOptions { Ks = [2, 4] });
        Assert.Equal([1.0, 0.5], report.Precision);
        Assert.Equal(2, report.RankedWidth);
    }

    [Fact]
    public void WithoutPropensitiesOrThreshold_ThoseMetricsAreAbsent()
    {
        var report = Evaluator.Evaluate(Points.Ranking(2, [0]), Points.Labels(2, [0]), new EvaluationOptions());
        Assert.Null(report.PropensityScoredPrecision);
        Assert.Null(report.PropensityScoredNdcg);
        Assert.Null(report.AtThreshold);
    }

    [Fact]
    public void OnlyPointsWithoutLabels_GiveZeroEverywhere()
    {
        var report = Evaluator.Evaluate(Points.Ranking(2, [0], [1]), Points.Labels(2, [], []), new EvaluationOptions { Ks = [1] }, [1, 1]);
        Assert.Equal(2, report.PointsWithoutLabels);
        Assert.Equal([1.0], report.Abandonment);
        Assert.All(
            Lists(report).Where(list => list != report.Abandonment), list => Assert.Equal([0.0], list));
    }

    [Fact]
    public void DifferentPointCounts_AreNamed() =>
        AssertFault("The predictions are of 1 documents, but the test set has 2.", () =>
            Evaluator.Evaluate(Points.Ranking(2, [0]), Points.Labels(2, [0], [1]), new EvaluationOptions()));

    [Fact]
    public void LabelBeyondTheTestSet_IsNamed() =>
        AssertFault("Document 1 ranks label 5, but the test set has 2 labels.", () =>
            Evaluator.Evaluate(Points.Ranking(6, [0], [5, 1]), Points.Labels(2, [0], [1]), new EvaluationOptions()));

    [Fact]
    public void LabelRankedTwice_IsNamed() =>
        AssertFault("Document 0 ranks label 1 twice.", () =>
            Evaluator.Evaluate(Points.Ranking(2, [1, 0, 1]), Points.Labels(2, [1]), new EvaluationOptions()));

    [Fact]
    public void PropensitiesOfOtherLabels_AreNamed() =>
        AssertFault("The propensities are of 3 labels, but the test set has 2; train and test set must share their labels.", () =>
            Evaluator.Evaluate(Points.Ranking(2, [0]), Points.Labels(2, [0]), new EvaluationOptions(), [1, 1, 1]));

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(-1.5, "-1.5")]
    public void PropensityThatIsNone_IsNamed(double inverse, string text) =>
        AssertFault($"The inverse propensity of label 1 is {text}, expected a finite number that is not negative.", () =>
            Evaluator.Evaluate(Points.Ranking(2, [0]), Points.Labels(2, [0]), new EvaluationOptions(), [1, inverse]));

    [Fact]
    public void ScoreThatIsNoNumber_IsNamed() =>
        AssertFault("Document 1 ranks label 0 by a score that is not a number.", () =>
        {
            var ranking = Points.Ranking(2, [0, 1], [1, 0]);
            ranking.Scores(1)[1] = float.NaN;
            Evaluator.Evaluate(ranking, Points.Labels(2, [0], [1]), new EvaluationOptions());
        });

    [Fact]
    public void RanksThatAreNull_AreAnArgumentException() =>
        Assert.Throws<ArgumentNullException>("Ks", () => new EvaluationOptions { Ks = null! }.Validate());

    [Fact]
    public void RankNotAskedFor_IsNamed() =>
        AssertFault("The evaluation was asked for ranks 1, 3, not for 2.", () =>
        {
            var report = Evaluator.Evaluate(Points.Ranking(2, [0]), Points.Labels(2, [0]), new EvaluationOptions { Ks = [1, 3] });
            report.At(report.Precision, 2);
        });

    [Theory]
    [InlineData("evaluation.ks must name at least one rank.")]
    [InlineData("evaluation.ks must be positive, but is 0.", 0)]
    [InlineData("evaluation.ks must be ascending, but 3 follows 5.", 5, 3)]
    public void RanksThatAreNoRanks_AreRefused(string message, params int[] ks) =>
        Assert.Equal(message, Assert.Throws<OptionsException>(() => new EvaluationOptions { Ks = ks }.Validate()).Message);

    private static void AssertFault(string message, Action action) =>
        Assert.Equal(message, Assert.Throws<LightDxmlException>(action).Message);

    private static EvaluationReport EvaluateRandom(int seed, int points, int threads = 0)
    {
        var (truth, rankings) = Points.Random(seed, points, LabelCount);
        return Evaluator.Evaluate(
            Points.Ranking(LabelCount, rankings), Points.Labels(LabelCount, truth), UpTo8 with { Threads = threads }, Weights());
    }

    private static double[] Weights() => [.. Enumerable.Range(0, LabelCount).Select(label => 1 + 0.37 * label)];

    private static IReadOnlyList<double>[] Lists(EvaluationReport report) =>
    [
        report.Precision, report.Recall, report.Ndcg, report.PropensityScoredPrecision!, report.PropensityScoredNdcg!,
        report.MacroPrecision, report.MacroRecall, report.MacroF1, report.Coverage, report.Abandonment,
    ];

    [Fact]
    public void Evaluate_RankBeyondEverything_CostsNothing_AndEqualsTheLastPlace()
    {
        // Every rank up to the largest whole number, for 300 points: without end if each were looked at.
        var (truth, rankings) = Points.Random(seed: 5, points: 300, labelCount: 30);
        var (ranking, labels) = (Points.Ranking(30, rankings), Points.Labels(30, truth));

        var last = Evaluator.Evaluate(ranking, labels, new EvaluationOptions { Ks = [1, 30] });
        var beyond = Evaluator.Evaluate(ranking, labels, new EvaluationOptions { Ks = [1, int.MaxValue] });

        Assert.Equal(last.Recall, beyond.Recall);
        Assert.Equal(last.Ndcg, beyond.Ndcg);
        Assert.Equal(last.Precision[1] * 30 / int.MaxValue, beyond.Precision[1], 1e-12);
    }
}
