using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Metrics.Tests;

public class LabelStatisticsTests
{
    // Labels a point: 2, 1, 0, 3; points a label: label 0 has 3, 1 has 2, 2 has 1, 3 to 11 none.
    private static readonly LabelStatistics Statistics = LabelStatistics.Of(new Dataset(
        "hand",
        new SparseMatrix(4, 7, [0, 2, 2, 3, 6], [0, 1, 6, 2, 3, 4], [1, 1, 1, 1, 1, 1]),
        Points.Labels(12, [0, 1], [0], [], [0, 1, 2])));

    [Fact]
    public void Of_CountsSizes()
    {
        Assert.Equal((4, 7, 12), (Statistics.PointCount, Statistics.FeatureCount, Statistics.LabelCount));
        Assert.Equal((6, 6), (Statistics.FeatureNonZeros, Statistics.LabelPairs));
        Assert.Equal((1, 1, 9), (Statistics.PointsWithoutFeatures, Statistics.PointsWithoutLabels, Statistics.LabelsWithoutPoints));
    }

    [Fact]
    public void Of_SpreadsAreOverAllPointsAndLabels()
    {
        Assert.Equal(new Spread(1.5, 1.5, 3), Statistics.LabelsPerPoint);
        Assert.Equal(new Spread(1.5, 1.5, 3), Statistics.FeaturesPerPoint);
        Assert.Equal(new Spread(0.5, 0, 3), Statistics.PointsPerLabel);
    }

    // A tenth of 12 labels is rounded up to the 2 most frequent: 3 + 2 of 6 pairs.
    [Fact]
    public void Of_HeadShare_IsThatOfTheMostFrequentTenth() => Assert.Equal(5.0 / 6, Statistics.HeadShare, 1e-15);

    [Fact]
    public void Of_NoPoints_IsAllZero()
    {
        var statistics = LabelStatistics.Of(new Dataset("empty", new SparseMatrix(0, 3, [0], []), new SparseMatrix(0, 2, [0], [])));
        Assert.Equal((0, 0L, default, 0.0), (statistics.PointCount, statistics.LabelPairs, statistics.LabelsPerPoint, statistics.HeadShare));
        Assert.Equal(2, statistics.LabelsWithoutPoints);
    }
}
