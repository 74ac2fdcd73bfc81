namespace LightDxml.Metrics.Tests;

public class ScoreSortTests
{
    [Fact]
    public void Falling_OfScoresOfEverySign_IsTheStableSort()
    {
        var random = new Random(1);
        float[] scores =
        [
            .. Enumerable.Range(0, 5000).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 20)))),
            .. Enumerable.Repeat(0.25f, 50), 0f, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, float.NegativeInfinity,
        ];
        int[] items = [.. Enumerable.Range(0, scores.Length)];
        int[] expected = [.. items.OrderByDescending(item => scores[item])];
        var sorted = scores.ToArray();
        ScoreSort.Falling(sorted, items);
        Assert.Equal(expected, items);
        Assert.Equal(expected.Select(item => scores[item]), sorted);
    }

    [Fact]
    public void Falling_OfNothing_IsNothing()
    {
        ScoreSort.Falling([], []);
        float[] one = [3];
        int[] item = [7];
        ScoreSort.Falling(one, item);
        Assert.Equal((3f, 7), (one[0], item[0]));
    }
}
