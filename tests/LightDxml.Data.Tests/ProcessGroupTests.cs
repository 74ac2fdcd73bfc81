using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

/// <summary>What processes exchange, and how work is cut for them; ranks of MPI do the same in MpiTests.</summary>
public sealed class ProcessGroupTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Exchanges_OfAllKinds_GiveEveryProcessThePartsOfAll(int size)
    {
        var lines = ThreadGroup.Run(size, ExchangeSamples.Run);
        Assert.All(lines, line => Assert.Equal(lines[0], line));
        Assert.Equal(11, lines[0].Length);
        Assert.All(lines[0][..^1], line => Assert.EndsWith("right", line, StringComparison.Ordinal));
    }

    // Of 100 rows of 4 bytes each of 3 processes lacks what the others have filled.
    [Fact]
    public void Volumes_CountWhatAllProcessesReceive()
    {
        var volumes = ThreadGroup.Run(3, processes =>
        {
            processes.Gather<int>(new int[100], 1, [0, 10, 40, 100], "rows");
            processes.Broadcast<byte>(new byte[6], "news");
            return processes.Volumes;
        });
        Assert.All(volumes, volume => Assert.Equal([("rows", (90 + 70 + 40) * 4L), ("news", 12L)], volume.ByKind));
        Assert.All(volumes, volume => Assert.Equal(812, volume.Total));
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(3, 0)]
    [InlineData(4, 3)]
    [InlineData(7, 1000)]
    public void Parts_CoverAllRowsOnce(int size, int rows) => ThreadGroup.Run(size, processes =>
    {
        foreach (var parts in new[] { new Workers(1, processes).Parts(rows), new Workers(1, processes).Parts(rows, row => row * row), new Workers(1, processes).Parts(rows, _ => 0) })
        {
            Assert.Equal(size + 1, parts.Length);
            Assert.Equal(0, parts[0]);
            Assert.Equal(rows, parts[^1]);
            Assert.Equal(parts.Order(), parts);
        }

        return 0;
    });

    // The first rows have half of the work.
    [Fact]
    public void Parts_AreOfAboutTheSameWork_NotOfTheSameNumber() => ThreadGroup.Run(4, processes =>
    {
        var parts = new Workers(1, processes).Parts(1000, row => row < 100 ? 9 : 1);
        Assert.All(Enumerable.Range(0, 4), part => Assert.InRange(Enumerable.Range(parts[part], parts[part + 1] - parts[part]).Sum(row => row < 100 ? 9 : 1), 440, 460));
        return 0;
    });

    [Fact]
    public void Exchange_FewerRowsThanBoundsSay_IsAnError() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ThreadGroup.Run(2, processes => Add(processes)));

    private static int Add(ProcessGroup processes)
    {
        using var exchange = new Exchange(processes, "rows");
        exchange.Add(new int[5], 1, [0, 3, 6]).Complete();
        return 0;
    }
}
