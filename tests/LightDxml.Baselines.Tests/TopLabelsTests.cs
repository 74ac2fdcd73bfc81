namespace LightDxml.Baselines.Tests;

public sealed class TopLabelsTests
{
    [Fact]
    public void Offer_AnyOrder_KeepsTheBest_EqualScoresLowerLabelFirst()
    {
        var labels = new int[3];
        var scores = new float[3];
        var top = new TopLabels(labels, scores);
        foreach (var (label, score) in new[] { (7, 1f), (2, 5f), (9, 2f), (4, 2f), (1, 0f), (3, 2f) })
            top.Offer(label, score);
        Assert.Equal([2, 3, 4], labels);
        Assert.Equal([5f, 2f, 2f], scores);
    }

    [Fact]
    public void Offer_FewerThanTop_LeavesTheRestUnfilled()
    {
        var labels = new int[2];
        var scores = new float[2];
        var top = new TopLabels(labels, scores);
        top.Offer(5, -3);
        Assert.Equal([5, -1], labels);
        Assert.Equal([-3, float.NegativeInfinity], scores);
    }
}
