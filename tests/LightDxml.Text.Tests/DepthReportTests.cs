using LightDxml.Data;

namespace LightDxml.Text.Tests;

public sealed class DepthReportTests
{
    [Fact]
    public void HandCase()
    {
        // Labels 0, 1 at depth 0; 2, 3 at depth 1. Point 0 has 0, 2; point 1 has 2, 3.
        var truth = new SparseMatrix(2, 4, [0, 2, 4], [0, 2, 2, 3]);
        var predictions = new RankedLabels(2, 4, 2);
        int[] first = [2, 1], second = [0, 3];
        first.CopyTo(predictions.Labels(0));
        second.CopyTo(predictions.Labels(1));
        var report = DepthReport.Of(predictions, truth, [0, 0, 1, 1], [1, 2]);
        Assert.Equal([((int?)0, 1, 1L), (1, 2, 3L)], report.Bins.Select(bin => (bin.Depth, bin.TestLabels, bin.TestPairs)));
        Assert.Equal([0, 0], report.Bins[0].Recall);
        Assert.Equal([0, 0], report.Bins[0].Precision);
        Assert.Equal([1 / 3.0, 2 / 3.0], report.Bins[1].Recall);
        Assert.Equal([1, 1], report.Bins[1].Precision);

        // Label 1 is wrongly ranked, label 3 missed at 1: neither is a top label for want of a place.
        var partly = DepthReport.Of(predictions, truth, [0, null, 1, null], [1, 2]);
        Assert.Equal([((int?)0, 1, 1L), (1, 1, 2L), (null, 1, 1L)], partly.Bins.Select(bin => (bin.Depth, bin.TestLabels, bin.TestPairs)));
        Assert.Equal([0, 1], partly.Bins[2].Recall);
        Assert.Equal([0, 0.5], partly.Bins[2].Precision);
    }
}
