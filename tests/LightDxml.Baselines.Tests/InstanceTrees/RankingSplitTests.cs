using LightDxml.Baselines.InstanceTrees;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests.InstanceTrees;

public sealed class RankingSplitTests
{
    [Fact]
    public void Divide_TwoGroupsWithoutCommonLabels_KeepsEachGroupTogether()
    {
        // Points 0 to 9 have the labels 0 and 1, points 10 to 19 the labels 2 and 3.
        var labels = SmallData.Matrix([.. Enumerable.Range(0, 20).Select(point => point < 10 ? new SortedSet<int> { 0, 1 } : [2, 3])], 4);
        var signs = new sbyte[20];
        Assert.True(new RankingSplit(labels, [1, 1, 1, 1]).Divide([.. Enumerable.Range(0, 20)], signs, new RandomNumbers(2, RandomPurposes.InstanceTrees)));
        Assert.Single(signs[..10].Distinct());
        Assert.Single(signs[10..].Distinct());
        Assert.NotEqual(signs[0], signs[19]);
    }

    [Fact]
    public void Divide_SecondUse_DoesNotRememberTheFirst()
    {
        var labels = SmallData.Matrix([.. Enumerable.Range(0, 20).Select(point => new SortedSet<int> { point % 5, 5 + point % 3 })], 8);
        var points = Enumerable.Range(3, 14).ToArray();
        var (fresh, used) = (new sbyte[14], new sbyte[14]);
        new RankingSplit(labels, [1, 1, 1, 1, 1, 1, 1, 1]).Divide(points, fresh, new RandomNumbers(1, RandomPurposes.InstanceTrees));
        var split = new RankingSplit(labels, [1, 1, 1, 1, 1, 1, 1, 1]);
        split.Divide([0, 1, 2, 18, 19], new sbyte[5], new RandomNumbers(9, RandomPurposes.InstanceTrees));
        split.Divide(points, used, new RandomNumbers(1, RandomPurposes.InstanceTrees));
        Assert.Equal(fresh, used);
    }
}
