namespace LightDxml.Data.Tests.Ranking;

public class RankingKeyTests
{
    [Fact]
    public void Of_AnyScoresAndRows_OrdersAsTheRanking()
    {
        float[] scores = [float.PositiveInfinity, float.MaxValue, 1, float.Epsilon, 0, -float.Epsilon, -1, float.MinValue, float.NegativeInfinity];
        int[] rows = [0, 1, 77, int.MaxValue];
        ulong[] ranked = [.. scores.SelectMany(score => rows.Select(row => RankingKey.Of(score, row)))];
        Assert.Equal(ranked.OrderDescending(), ranked);
        Assert.Equal(ranked.Length, ranked.Distinct().Count());
        Assert.All(ranked, key => Assert.Equal(0ul, key & 1));
        Assert.Equal(scores.SelectMany(score => rows.Select(row => (score, row))), ranked.Select(key => (RankingKey.Score(key), RankingKey.Row(key | 1))));
    }

    [Fact]
    public void Of_BothZeros_IsTheSame() => Assert.Equal(RankingKey.Of(0f, 5), RankingKey.Of(-0f, 5));
}
