using LightDxml.Baselines.LabelTrees;
using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests.LabelTrees;

public sealed class LeafAssignmentTests
{
    // The root has the leaves 1 and 2, with labels 0, 1 and 2, 3.
    private static readonly LabelTree Tree = new([0, 2, 4, 6], [1, 2, 0, 1, 2, 3], [false, true, true]);

    [Fact]
    public void Assign_TwoLeavesALabel_TakesThoseThatItsPointsMatch()
    {
        // Yᵀ M: label 0 (points 0, 1) has 0.9 + 0.2 of leaf 1 and 0.7 of leaf 2; label 1 (point 0) 0.9 of leaf 1 alone;
        // label 2 (point 1) 0.2 and 0.7; label 3 has no points.
        var tree = new LeafAssignment(2).Assign(Tree, Matches([(1, 0.9f), (-1, 0)], [(2, 0.7f), (1, 0.2f)]), LabelPoints([0, 1], [0], [1], []), threads: 1);
        Assert.Equal([0, 1, 2], tree.Children(1));
        Assert.Equal([0, 2, 3], tree.Children(2));
        Assert.True(tree.HasCopies);
        Assert.Equal(6, tree.LabelSlotCount);
    }

    [Fact]
    public void Assign_OneLeafALabel_MovesALabelToWhereItsPointsGo()
    {
        var tree = new LeafAssignment(1).Assign(Tree, Matches([(2, 0.9f), (-1, 0)], [(1, 0.5f), (-1, 0)]), LabelPoints([0], [1], [1], []), threads: 1);
        // Two places a leaf: labels 1 and 2 fill leaf 1, label 0 moves, label 3 stays.
        Assert.Equal([1, 2], tree.Children(1));
        Assert.Equal([0, 3], tree.Children(2));
        Assert.False(tree.HasCopies);
    }

    [Fact]
    public void Assign_FullLeaf_TurnsAwayTheLabelThatMatchesItLeast()
    {
        // Labels 0, 2 and 3 want leaf 1, which takes two; label 1 has no points and stays in it all the same.
        var tree = new LeafAssignment(1).Assign(
            Tree, Matches([(1, 0.1f), (-1, 0)], [(1, 0.2f), (-1, 0)], [(1, 0.3f), (-1, 0)]), LabelPoints([2], [], [0], [1]), threads: 1);
        Assert.Equal([0, 1, 3], tree.Children(1));
        Assert.Equal([2], tree.Children(2));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void Train_EveryLabelStandsInOneToMLeaves_AndIsRankedOnce(int leavesPerLabel)
    {
        var train = SmallData.Learnable(500, 40, seed: 1);
        var options = LabelTreePresets.XrLinear with { MaxLeafLabels = 5, Branching = 4, LeavesPerLabel = leavesPerLabel };
        var model = LabelTreeTrainer.Train(train, options, threads: 2);
        var tree = model.Trees[0].Tree;
        var places = new int[40];
        for (var node = 0; node < tree.NodeCount; node++)
        {
            foreach (var label in tree.IsLeaf(node) ? tree.Children(node) : [])
                places[label]++;
        }

        Assert.All(places, count => Assert.InRange(count, 1, leavesPerLabel));
        Assert.True(tree.HasCopies);
        var ranking = model.Predict(train.Features, 40, threads: 2);
        for (var point = 0; point < 20; point++)
        {
            var labels = ranking.Labels(point).ToArray().Where(label => label >= 0).ToArray();
            Assert.Equal(labels.Length, labels.Distinct().Count());
            // The greatest probability of a label's places, not their sum.
            Assert.All(ranking.Scores(point)[..labels.Length].ToArray(), score => Assert.InRange(score, 0f, 1f));
        }
    }

    private static RankedLabels Matches(params (int Leaf, float Probability)[][] points)
    {
        var matches = new RankedLabels(points.Length, 3, 2);
        for (var point = 0; point < points.Length; point++)
        {
            for (var i = 0; i < 2; i++)
                (matches.Labels(point)[i], matches.Scores(point)[i]) = points[point][i];
        }

        return matches;
    }

    private static SparseMatrix LabelPoints(params int[][] points) =>
        SmallData.Matrix([.. points.Select(row => new SortedSet<int>(row))], 3);
}
