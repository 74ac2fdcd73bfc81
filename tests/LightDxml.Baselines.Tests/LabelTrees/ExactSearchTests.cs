using LightDxml.Baselines.LabelTrees;
using LightDxml.Baselines.Linear;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests.LabelTrees;

public sealed class ExactSearchTests
{
    private static readonly Dataset Train = SmallData.Learnable(500, 40, seed: 1);
    private static readonly Dataset Test = SmallData.Learnable(150, 40, seed: 2);

    [Theory]
    [InlineData(ScoreTransfer.Sigmoid, 1)]
    [InlineData(ScoreTransfer.SquaredHinge, 1)]
    [InlineData(ScoreTransfer.Sigmoid, 3)]
    public void Exact_IsWhatABeamAsWideAsTheTreeFinds(object transfer, int leavesPerLabel)
    {
        var options = LabelTreePresets.Plt with { MaxLeafLabels = 3, Transfer = (ScoreTransfer)transfer, LeavesPerLabel = leavesPerLabel };
        var exact = LabelTreeTrainer.Train(Train, options, threads: 1);
        var wide = new LabelTreeModel(options with { Search = TreeSearch.Beam, Beam = 1000 }, exact.FeatureCount, exact.LabelCount, exact.Trees);
        var expected = wide.Predict(Test.Features, 7, threads: 1);
        var found = exact.Predict(Test.Features, 7, threads: 1);
        for (var point = 0; point < Test.PointCount; point++)
        {
            // The two add the same logarithms in other groupings: a few units of the last place.
            Assert.All(expected.Scores(point).ToArray().Zip(found.Scores(point).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            // Scores that nearly tie may come in either order.
            if (expected.Scores(point)[0] - expected.Scores(point)[1] > 1e-4)
                Assert.Equal(expected.Labels(point)[0], found.Labels(point)[0]);
        }
    }

    [Fact]
    public void Exact_BestLabelBehindTheWorseNode_IsFound_WhereABeamOfOneMissesIt()
    {
        // Behind leaf 1 (0.6) labels 0 and 1 of 0.5 each, 0.3 in all; behind leaf 2 (0.4) label 2 of 0.99, 0.396 in all.
        var tree = new LabelTree([0, 2, 4, 6], [1, 2, 0, 1, 2, 3], [false, true, true]);
        var biases = new[] { 0.6, 0.4, 0.5, 0.5, 0.99, 0.01 }.Select(p => (float)Math.Log(p / (1 - p))).ToArray();
        var groups = NodeGroups.Of(tree);
        var scored = new ScoredTree(tree, groups, ClassifierAssembly.Assemble(1, groups.SlotOffsets, [.. biases.Select(bias => new PrunedClassifier([], [], bias))]));
        var labels = new int[3];
        var scores = new float[3];
        new ExactSearch(scored, ScoreTransfer.Sigmoid).Rank([], [], labels, scores);
        // Labels 0 and 1 tie: the lower one comes first.
        Assert.Equal([2, 0, 1], labels);
        Assert.Equal(0.396f, scores[0], 1e-5f);
        Assert.Equal(0.3f, scores[1], 1e-5f);

        var sums = new TouchedSums(4);
        new BeamSearch(scored, 1, ScoreTransfer.Sigmoid, 4).Search([], [], sums);
        sums.TakeTop(1, labels, scores);
        Assert.Equal(0, labels[0]);
    }

    [Fact]
    public void Plt_Scores_AreMarginalProbabilities_SumOverLabelsIsTheNumberOfLabels()
    {
        var ranking = LabelTreeTrainer.Train(Train, LabelTreePresets.Plt with { MaxLeafLabels = 5 }, threads: 1).Predict(Test.Features, 40, threads: 1);
        var sum = 0.0;
        for (var point = 0; point < Test.PointCount; point++)
            sum += ranking.Scores(point).ToArray().Sum();
        // Expected hits and true labels of 150 points, some 300; a tenth is five standard deviations of neither.
        Assert.InRange(sum / Test.Labels.NonZeroCount, 0.85, 1.15);
    }

    [Fact]
    public void Exact_MoreThanOneTree_IsRefused() =>
        Assert.Contains("one tree", Assert.Throws<OptionsException>(() => (LabelTreePresets.Plt with { Trees = 2 }).Validate()).Message, StringComparison.Ordinal);
}
