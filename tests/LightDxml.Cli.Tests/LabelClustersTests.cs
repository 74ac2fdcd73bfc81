using LightDxml.Baselines.LabelTrees;
using LightDxml.Cli.Comparison;

namespace LightDxml.Cli.Tests;

public sealed class LabelClustersTests
{
    [Fact]
    public void Levels_OfATree_AreItsNodesByDepth()
    {
        // The root over nodes 1 and 2; leaves 3 and 4 below 1, 5 below 2.
        var levels = LabelClusters.Levels(new LabelTree([0, 2, 4, 5, 7, 8, 9], [1, 2, 3, 4, 5, 6, 2, 0, 4], [false, false, false, true, true, true]), 7);
        Assert.Equal([2, 3, 7], Enumerable.Range(0, levels.Count).Select(levels.Size));
        Assert.Equal([0, 0, 1], levels.ClustersAbove(1));
        Assert.Equal([1, -1, 0, -1, 2, -1, 0], levels.ClustersAbove(2));
    }

    [Fact]
    public void Levels_OfATreeThatIsALeaf_AreOneCluster()
    {
        var levels = LabelClusters.Levels(new LabelTree([0, 2], [2, 0], [true]), 3);
        Assert.Equal([1, 3], Enumerable.Range(0, levels.Count).Select(levels.Size));
        Assert.Equal([0, -1, 0], levels.ClustersAbove(1));
    }
}
