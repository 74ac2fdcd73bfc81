using LightDxml.Names;

namespace LightDxml.Tests.Names;

public sealed class NameCounterTests
{
    [Theory]
    [InlineData(0, 0f)]
    [InlineData(19, 0f)]
    [InlineData(20, 0.01f)]
    [InlineData(21, 0.02f)]
    [InlineData(60, 0.41f)]
    public void Statistics_HoldTheTwentiethSimilarity_InWhateverOrderDocumentsCome(int documents, float expected)
    {
        float[] similarities = [.. Enumerable.Range(1, documents).Select(i => i / 100f)];
        foreach (var order in new IEnumerable<float>[] { similarities, similarities.Reverse(), similarities.OrderBy(value => value * 37 % 0.11f) })
        {
            var counter = new NameCounter(3);
            foreach (var similarity in order)
                counter.Add(1, new NameSignal(similarity, 0.5f, 1));
            Assert.Equal([0, expected, 0], counter.Statistics.Similarities);
            Assert.Equal([0, 0, 0], counter.Statistics.Documents);
        }
    }

    [Theory]
    [InlineData(1f, 1)]
    [InlineData(0.9995f, 1)]
    [InlineData(0.99f, 0)]
    public void Statistics_CountDocumentsThatHaveTheNameWhole(float coverage, int expected)
    {
        var counter = new NameCounter(2);
        counter.Add(0, new NameSignal(0.3f, coverage, 4));
        Assert.Equal([expected, 0], counter.Statistics.Documents);
    }

    [Fact]
    public void And_AddsDocuments_AndTakesTheGreaterSimilarity()
    {
        var sum = new NameStatistics([1, 0, 7], [0.5f, 0.25f, 0]).And(new NameStatistics([2, 0, 1], [0.125f, 0.375f, 0]));
        Assert.Equal([3, 0, 8], sum.Documents);
        Assert.Equal([0.5f, 0.375f, 0], sum.Similarities);
    }

    [Fact]
    public void Select_OfALabelThatIsNew_KnowsNothing()
    {
        var some = new NameStatistics([1, 5], [0.5f, 0.25f]).Select([1, -1, 0, -7]);
        Assert.Equal([5, 0, 1, 0], some.Documents);
        Assert.Equal([0.25f, 0, 0.5f, 0], some.Similarities);
    }
}
