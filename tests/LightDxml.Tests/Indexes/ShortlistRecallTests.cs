using LightDxml.Data;
using LightDxml.Indexes;

namespace LightDxml.Tests.Indexes;

public class ShortlistRecallTests
{
    // Point 0 carries labels 0, 1, 3, point 1 carries 1 and 2.
    private static readonly SparseMatrix Labels = new(2, 4, [0, 3, 5], [0, 1, 3, 1, 2]);

    [Fact]
    public void Of_HandComputedShortlists_CountsHeldLabels() => Assert.Equal(3 / 5.0, ShortlistRecall.Of(Shortlists(), Labels));

    [Fact]
    public void ByFrequency_HandComputedShortlists_GivesEachBinItsOwnRecall()
    {
        var bins = ShortlistRecall.ByFrequency(Shortlists(), Labels, [1500, 2, 0, 40]);
        Assert.Equal(
            [new RecallBin(0, 0, 1, 0), new RecallBin(1, 2, 2, 0.5), new RecallBin(10, 99, 1, 1), new RecallBin(1000, int.MaxValue, 1, 1)], bins);
    }

    [Fact]
    public void ToString_Bins_ReadAsRanges()
    {
        Assert.Equal("0: 50.0 %", new RecallBin(0, 0, 2, 0.5).ToString());
        Assert.Equal("3-9: 12.5 %", new RecallBin(3, 9, 8, 0.125).ToString());
        Assert.Equal("1000+: 100.0 %", new RecallBin(1000, int.MaxValue, 1, 1).ToString());
    }

    /// <summary>Point 0 has 0 and 3 on its shortlist, point 1 has 1 and a label that it does not carry.</summary>
    private static RankedLabels Shortlists()
    {
        var shortlists = new RankedLabels(2, 4, 3);
        int[] first = [0, 3, 2], second = [1, 0, -1];
        first.CopyTo(shortlists.Labels(0));
        second.CopyTo(shortlists.Labels(1));
        return shortlists;
    }
}
