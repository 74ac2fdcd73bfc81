using LightDxml.TestKit;

namespace LightDxml.Metrics.Tests;

public sealed class ThresholdFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2f / 3)]
    [InlineData(4e-7f)]
    [InlineData(0f)]
    [InlineData(1f)]
    public void Written_IsReadAsTheSameNumber(float threshold)
    {
        ThresholdFile.Write(_folder["t.tsv"], [("a", threshold)]);
        Assert.Equal([("a", threshold, 2)], ThresholdFile.Read(_folder["t.tsv"]));
    }
}
