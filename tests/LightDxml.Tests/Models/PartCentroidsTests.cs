using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Text.Synthetic;

namespace LightDxml.Tests.Models;

public sealed class PartCentroidsTests
{
    private static readonly PartSettings Two = new(MostParts: 2, PointsOfPart: 2, Terms: 3);

    [Fact]
    public void Parts_DocumentsOfTwoTopics_GiveACentroidOfEach()
    {
        // Label 0: two documents of feature 0 and three of feature 1; label 1 has too few for two parts.
        var parts = PartCentroids.Of(Points([0, 1, 0, 1, 1, 2, 2, 2], [0, 0, 0, 0, 0, 1, 1, 1], 3, 2), Two, 1, 1)!;
        Assert.Equal([0, 0], parts.Labels);
        Assert.Equal([0, 1], [.. Enumerable.Range(0, 2).Select(part => Assert.Single(parts.Rows.RowColumns(part).ToArray())).Order()]);
        Assert.All(Enumerable.Range(0, 2), part => Assert.Equal(1, parts.Rows.RowValues(part)[0], 1e-6f));
    }

    [Fact]
    public void Parts_NoLabelHasPointsEnough_AreNone() => Assert.Null(PartCentroids.Of(Points([0, 1, 2], [0, 0, 0], 3, 1), Two, 1, 1));

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Parts_AnyNumberOfThreads_HaveTheSameBits(int threads)
    {
        var (train, _) = SyntheticDataset.Generate(new SyntheticOptions { TrainingPoints = 600, TestPoints = 1, Labels = 60, Features = 400 });
        var settings = new PartSettings(MostParts: 4, PointsOfPart: 5, Terms: 64);
        var one = PartCentroids.Of(train, settings, 3, 1)!;
        var many = PartCentroids.Of(train, settings, 3, threads)!;
        Assert.Equal(one.Labels, many.Labels);
        for (var part = 0; part < one.Labels.Length; part++)
        {
            Assert.Equal(one.Rows.RowColumns(part).ToArray(), many.Rows.RowColumns(part).ToArray());
            Assert.Equal(one.Rows.RowValues(part).ToArray(), many.Rows.RowValues(part).ToArray());
        }
    }

    [Fact]
    public void Index_LabelOfSeveralCentroids_IsAsNearAsTheNearest()
    {
        var means = new SparseMatrix(2, 2, [0, 2, 3], [0, 1, 1], [0.7f, 0.7f, 1]);
        var parts = new PartCentroids(new SparseMatrix(2, 2, [0, 1, 2], [0, 1], [1, 1]), [0, 0]);
        var index = new SparseCentroidIndex(means, KernelBackends.Select(), parts);
        var similarities = new float[index.RowCount];
        index.Similarities([0], [0.5f], similarities);
        Assert.Equal([0.5f, 0], similarities[..index.LabelCount]);
        var labels = new int[2];
        index.Nearest(similarities, labels, new float[2]);
        Assert.Equal([0, -1], labels);
    }

    [Fact]
    public void ModelFolder_Parts_AreStored()
    {
        using var folder = new TemporaryFolder();
        var parts = new PartCentroids(new SparseMatrix(3, 9, [0, 1, 3, 4], [2, 0, 8, 5], [1, 0.5f, -0.25f, 1]), [1, 1, 6]);
        ModelFolder.Save(SampleModels.Random(9, 8, 7, seed: 3) with { PartCentroids = parts }, folder["model"]);
        var loaded = ModelFolder.Load(folder["model"]).PartCentroids!;
        Assert.Equal(parts.Labels, loaded.Labels);
        Assert.Equal([0, 8], loaded.Rows.RowColumns(1).ToArray());
        Assert.Equal([0.5f, -0.25f], loaded.Rows.RowValues(1).ToArray());
    }

    [Fact]
    public void ModelFolder_PartsOfALabelThatIsNotThere_IsAnError()
    {
        using var folder = new TemporaryFolder();
        var parts = new PartCentroids(new SparseMatrix(1, 9, [0, 1], [2], [1]), [8]);
        ModelFolder.Save(SampleModels.Random(9, 8, 7, seed: 3) with { PartCentroids = parts }, folder["model"]);
        Assert.Contains("part_centroids.labels", Assert.Throws<LightDxmlException>(() => ModelFolder.Load(folder["model"])).Message, StringComparison.Ordinal);
    }

    /// <summary>Points of one feature and one label each.</summary>
    private static Dataset Points(int[] features, int[] labels, int featureCount, int labelCount)
    {
        long[] offsets = [.. Enumerable.Range(0, features.Length + 1)];
        return new Dataset(
            "points",
            new SparseMatrix(features.Length, featureCount, offsets, features, [.. features.Select(_ => 1f)]),
            new SparseMatrix(labels.Length, labelCount, offsets, labels));
    }
}
