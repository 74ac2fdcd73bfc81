using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Metrics;
using LightDxml.Text.Synthetic;

namespace LightDxml.Text.Tests;

public class SyntheticDatasetTests
{
    private static readonly SyntheticOptions Small = new() { TrainingPoints = 300, TestPoints = 100, Labels = 80, Features = 500 };
    private static readonly (Dataset Train, Dataset Test) Default = SyntheticDataset.Generate(new SyntheticOptions());

    [Fact]
    public void Generate_IsTheSameOnEveryPlatform()
    {
        var (train, test) = SyntheticDataset.Generate(Small);
        Assert.Equal("D238B55EE25B3409 8B059388338F237E", Fingerprint(train) + " " + Fingerprint(test));
    }

    [Fact]
    public void Generate_OtherSeed_OtherData() =>
        Assert.NotEqual(Fingerprint(SyntheticDataset.Generate(Small).Train), Fingerprint(SyntheticDataset.Generate(Small with { Seed = 2 }).Train));

    [Fact]
    public void Generate_MoreTrainingPoints_KeepTheLabelsOfTheFirst()
    {
        var more = SyntheticDataset.Generate(Small with { TrainingPoints = 301 });
        var fewer = SyntheticDataset.Generate(Small);
        for (var point = 0; point < 300; point++)
            Assert.Equal(fewer.Train.Labels.RowColumns(point).ToArray(), more.Train.Labels.RowColumns(point).ToArray());
    }

    [Fact]
    public void Default_HasTheSizesOfItsOptions()
    {
        var options = new SyntheticOptions();
        Assert.Equal((options.TrainingPoints, options.Features, options.Labels), (Default.Train.PointCount, Default.Train.FeatureCount, Default.Train.LabelCount));
        Assert.Equal((options.TestPoints, options.Features, options.Labels), (Default.Test.PointCount, Default.Test.FeatureCount, Default.Test.LabelCount));
        var statistics = LabelStatistics.Of(Default.Train);
        Assert.InRange(statistics.LabelsPerPoint.Mean, 3.5, 4.5);
        Assert.InRange(statistics.FeaturesPerPoint.Mean, 50, 70);
        Assert.Equal((0, 0), (statistics.PointsWithoutLabels, statistics.PointsWithoutFeatures));
    }

    [Fact]
    public void Default_LabelFrequencies_FollowAPowerLaw()
    {
        var statistics = LabelStatistics.Of(Default.Train);
        Assert.True(statistics.PointsPerLabel.Max > 30 * statistics.PointsPerLabel.Median);
        Assert.True(statistics.HeadShare > 0.35);
        Assert.InRange(statistics.LabelsWithoutPoints, 1, 200);
    }

    [Fact]
    public void Default_FeatureRows_AreSortedDistinctPositiveAndOfUnitLength()
    {
        foreach (var set in (Dataset[])[Default.Train, Default.Test])
        {
            for (var point = 0; point < set.PointCount; point++)
            {
                AssertAscending(set.Features.RowColumns(point), set.FeatureCount);
                AssertAscending(set.Labels.RowColumns(point), set.LabelCount);
                var squares = 0.0;
                foreach (var value in set.Features.RowValues(point))
                {
                    Assert.True(value > 0);
                    squares += (double)value * value;
                }

                // Each of up to 110 squares has a relative rounding error of 2⁻²³ at most, and they add up to 1.
                Assert.Equal(1, squares, 1.2e-7);
            }
        }
    }

    [Fact]
    public void Default_TrainAndTest_ShareTheirDistribution()
    {
        // The 100 most frequent training labels hold the same share of the test labels, within four standard errors of some 2,000 pairs.
        var head = MostFrequentLabels.Predict(Default.Train.Labels, 1, 100).Labels(0).ToArray().ToHashSet();
        Assert.Equal(Share(Default.Train), Share(Default.Test), 0.03);

        double Share(Dataset set)
        {
            var pairs = 0L;
            for (var point = 0; point < set.PointCount; point++)
                foreach (var label in set.Labels.RowColumns(point))
                    pairs += head.Contains(label) ? 1 : 0;
            return (double)pairs / set.Labels.NonZeroCount;
        }
    }

    [Fact]
    public void Default_MostFrequentLabels_SolveLittle()
    {
        var baseline = Evaluator.Evaluate(
            MostFrequentLabels.Predict(Default.Train.Labels, Default.Test.PointCount, 5), Default.Test.Labels, new EvaluationOptions());
        Assert.InRange(baseline.Precision[0], 0.01, 0.15);
    }

    [Fact]
    public void Default_NearestTrainingPoint_TellsMuchAboutTheLabels()
    {
        // Labels of the most similar training point, for 200 test points: learnable, and yet noisy.
        var hits = 0;
        for (var point = 0; point < 200; point++)
        {
            var nearest = Default.Train.Labels.RowColumns(Nearest(point));
            hits += nearest.ToArray().Any(label => Default.Test.Labels.RowColumns(point).BinarySearch(label) >= 0) ? 1 : 0;
        }

        Assert.InRange(hits / 200.0, 0.4, 0.95);
    }

    [Fact]
    public void Generate_OverSeveralBlocks_KeepsRowsWhole()
    {
        // Two blocks of 16,384 points and a rest; a row cut wrongly would not be of unit length.
        var (train, _) = SyntheticDataset.Generate(Small with { TrainingPoints = 33_000, TestPoints = 0, WordsPerPoint = 8 });
        Assert.Equal(33_000, train.PointCount);
        var (featureCount, labelCount) = (0L, 0L);
        for (var point = 0; point < train.PointCount; point++)
        {
            featureCount += train.Features.RowColumns(point).Length;
            labelCount += train.Labels.RowColumns(point).Length;
            var squares = 0.0;
            foreach (var value in train.Features.RowValues(point))
                squares += (double)value * value;
            Assert.Equal(1, squares, 1.2e-7);
        }

        Assert.Equal((featureCount, labelCount), (train.Features.NonZeroCount, train.Labels.NonZeroCount));
    }

    [Fact]
    public void Generate_OneLabelAndOneFeature_IsPossible()
    {
        var (train, _) = SyntheticDataset.Generate(new SyntheticOptions { TrainingPoints = 3, TestPoints = 1, Labels = 1, Features = 1 });
        for (var point = 0; point < 3; point++)
        {
            Assert.Equal([0], train.Labels.RowColumns(point).ToArray());
            Assert.Equal([1f], train.Features.RowValues(point).ToArray());
        }
    }

    [Fact]
    public void OptionsOutOfRange_AreNamed() =>
        Assert.Equal(
            "synthetic.labels must be positive, but is 0.",
            Assert.Throws<OptionsException>(() => SyntheticDataset.Generate(new SyntheticOptions { Labels = 0 })).Message);

    [Theory]
    [InlineData(1)]
    [InlineData(1.9999999)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(490_001.25)]
    public void Logarithm_AgreesWithThePlatforms(double x) => Assert.Equal(Math.Log(x), SyntheticLogarithm.Of(x), 1e-14);

    private static void AssertAscending(ReadOnlySpan<int> columns, int columnCount)
    {
        for (var i = 0; i < columns.Length; i++)
            Assert.True(columns[i] > (i == 0 ? -1 : columns[i - 1]) && columns[i] < columnCount);
    }

    private static int Nearest(int testPoint)
    {
        var query = new float[Default.Test.FeatureCount];
        var (columns, values) = (Default.Test.Features.RowColumns(testPoint).ToArray(), Default.Test.Features.RowValues(testPoint).ToArray());
        for (var i = 0; i < columns.Length; i++)
            query[columns[i]] = values[i];
        var (best, bestSimilarity) = (-1, 0f);
        for (var point = 0; point < Default.Train.PointCount; point++)
        {
            var trainValues = Default.Train.Features.RowValues(point);
            var trainColumns = Default.Train.Features.RowColumns(point);
            var similarity = 0f;
            for (var i = 0; i < trainColumns.Length; i++)
                similarity += query[trainColumns[i]] * trainValues[i];
            if (similarity > bestSimilarity)
                (best, bestSimilarity) = (point, similarity);
        }

        return best;
    }

    private static string Fingerprint(Dataset set)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var point = 0; point < set.PointCount; point++)
        {
            hash.AppendData(MemoryMarshal.AsBytes(set.Features.RowColumns(point)));
            hash.AppendData(MemoryMarshal.AsBytes(set.Features.RowValues(point)));
            hash.AppendData(MemoryMarshal.AsBytes(set.Labels.RowColumns(point)));
        }

        return Convert.ToHexString(hash.GetHashAndReset())[..16];
    }
}
