namespace LightDxml.Data.Tests.Ranking;

public class RankingSortTests
{
    [Theory]
    [InlineData(30)]
    [InlineData(5000)]
    public void BestFirst_OfScoresOfEverySign_IsTheStableSort(int count)
    {
        var scores = Scores(count);
        int[] items = [.. Enumerable.Range(0, scores.Length).Select(i => ~i)];
        int[] expected = [.. items.OrderByDescending(item => scores[~item])];
        var sorted = scores.ToArray();
        RankingSort.BestFirst(sorted, items, new ulong[2 * sorted.Length]);
        Assert.Equal(expected, items);
        Assert.Equal(expected.Select(item => scores[~item]), sorted);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(300)]
    public void BestFirst_WithoutABuffer_SortsAscendingRowsAlike(int count)
    {
        var (scores, buffered) = (Scores(count), Scores(count));
        int[] rows = [.. Enumerable.Range(0, scores.Length)];
        int[] expected = [.. rows];
        RankingSort.BestFirst(buffered, expected, new ulong[2 * scores.Length]);
        RankingSort.BestFirst(scores, rows, []);
        Assert.Equal(expected, rows);
        Assert.Equal(buffered, scores);
    }

    [Fact]
    public void BestFirst_OfNothing_IsNothing()
    {
        RankingSort.BestFirst([], [], []);
        float[] one = [3];
        int[] item = [7];
        RankingSort.BestFirst(one, item, new ulong[2]);
        Assert.Equal((3f, 7), (one[0], item[0]));
    }

    [Fact]
    public void OrderTies_RowsOfEqualScores_Ascend_OthersStay()
    {
        int[] rows = [9, 8, 3, 5, 1];
        RankingSort.OrderTies([4, 2, 2, 2, 1], rows);
        Assert.Equal([9, 3, 5, 8, 1], rows);
    }

    private static float[] Scores(int count)
    {
        var random = new Random(1);
        return
        [
            .. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 20)))),
            0.25f, 0.25f, 0.25f, 0f, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, float.NegativeInfinity,
        ];
    }
}
