using LightDxml.Baselines.InstanceTrees;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests.InstanceTrees;

public sealed class InstanceTreeRankerTests
{
    // One leaf with shares 1/2 and 1/4, means of length 0.3 and 1 in the point's direction: squared distances 0.49 and 0.
    [Theory]
    [InlineData(30, -3.494518, -1.247665)]
    [InlineData(1e6, -98000.55, -1.247665)]
    public void Rank_TailClassifiers_WeighByTheDistanceToTheMean(double steepness, double first, double second)
    {
        var tree = new InstanceTree([-1, -1], [0], [0, 2], new[] { 0, 1 }, new[] { 0.5f, 0.25f });
        var means = SmallData.Matrix([new SortedDictionary<int, float> { [0] = 0.3f }, new SortedDictionary<int, float> { [0] = 1 }], 2);
        var model = new InstanceTreeModel(InstanceTreeOptions.PfastreXml with { Trees = 1, TailSteepness = steepness }, 2, 2, [tree], means);
        var (labels, scores) = (new int[2], new float[2]);
        model.CreateRanker().Rank([0], [5], labels, scores);
        Assert.Equal([1, 0], labels);
        Assert.Equal(second, scores[0], 1e-5);
        Assert.Equal(first, scores[1], 1e-5 * Math.Abs(first));
    }
}
