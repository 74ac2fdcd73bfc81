namespace LightDxml.Data.Tests.Ranking;

public sealed class BestRowsTests
{
    [Fact]
    public void Offer_AnyOrder_KeepsTheBest_EqualScoresLowerRowFirst()
    {
        var rows = new int[3];
        var scores = new float[3];
        var top = new BestRows<float>(rows, scores);
        foreach (var (row, score) in new[] { (7, 1f), (2, 5f), (9, 2f), (4, 2f), (1, 0f), (3, 2f) })
            top.Offer(row, score);
        Assert.Equal([2, 3, 4], rows);
        Assert.Equal([5f, 2f, 2f], scores);
    }

    [Fact]
    public void Offer_FewerThanTop_LeavesTheRestUnfilled()
    {
        var rows = new int[2];
        var scores = new float[2];
        var top = new BestRows<float>(rows, scores);
        top.Offer(5, -3);
        Assert.Equal([5, -1], rows);
        Assert.Equal([-3, float.NegativeInfinity], scores);
    }

    [Fact]
    public void Offer_WithoutRoom_KeepsNothing()
    {
        var top = new BestRows<float>([], []);
        top.Offer(1, 1);
        Assert.Equal(0, top.Count);
    }
}
