using LightDxml.Indexes;
using LightDxml.Providers;

namespace LightDxml.Tests.Indexes;

/// <summary>The choice between processor and GPU, of devices that are not here.</summary>
public class ShortlistWorkTests
{
    private const double Server = 2e13;

    [Theory]
    [InlineData(4_880, 159)]
    [InlineData(45_000, 4_271)]
    [InlineData(90_452, 41_218)]
    public void IsLarge_DataOfMinutes_IsNot(long documents, int labels) => Assert.False(Work(documents, labels).IsLarge);

    [Theory]
    [InlineData(500_000, 20_000)]
    [InlineData(490_449, 670_091)]
    public void IsLarge_DataOfHours_Is(long documents, int labels) => Assert.True(Work(documents, labels).IsLarge);

    [Theory]
    [InlineData(45_000, 4_271, Server, 80, null)]
    [InlineData(500_000, 20_000, Server, 80, "gpu")]
    [InlineData(490_449, 670_091, Server, 80, "gpu-ivf")]
    [InlineData(490_449, 670_091, Server, 1, null)]
    [InlineData(490_449, 670_091, Server / 20, 80, null)]
    public void IndexOn_TakesTheGpuWhereItIsTwiceAsFastAndHoldsTheLabels(long documents, int labels, double speed, int gigabytes, string? expected) =>
        Assert.Equal(expected, Work(documents, labels).IndexOn(new Gpu("one", speed, gigabytes * 1_000_000_000L)));

    [Fact]
    public void Seconds_TwiceTheSearches_AreTwice_ButForTheStart()
    {
        var (one, two) = (Work(490_449, 670_091), Work(490_449, 670_091) with { Searches = 16 });
        Assert.Equal(2, two.ProcessorSeconds / one.ProcessorSeconds, 6);
        Assert.InRange(two.GpuSeconds(new Gpu("one", Server, 1), "gpu") / one.GpuSeconds(new Gpu("one", Server, 1), "gpu"), 1.5, 2);
    }

    [Fact]
    public void GpuSeconds_OfLists_CountTheRoundsAndRowsOfAGpu()
    {
        var (work, gpu) = (Work(490_449, 670_091), new Gpu("one", Server, 1));
        Assert.Equal((work with { Lists = work.Lists.OnGpu }).GpuSeconds(gpu, "gpu-ivf"), work.GpuSeconds(gpu, "gpu-ivf"));
        Assert.NotEqual(work.BuildingThreadSeconds, (work with { Lists = work.Lists.OnGpu }).BuildingThreadSeconds);
    }

    private static ShortlistWork Work(long documents, int labels) => new(documents, 8, labels, 300, 400, new IvfOptions());
}
