using LightDxml.Data.Parsing;
using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

public sealed class RoundTripTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("points.txt")]
    [InlineData("points.txt.gz")]
    [InlineData("points.txt.br")]
    [InlineData("points.svm")]
    [InlineData("points.svmlight.gz")]
    [InlineData("points.libsvm.br")]
    public void WriteRead_RandomDatasets_AreBitEqualForAnyThreadsAndBlocks(string name)
    {
        var random = new Random(11);
        for (var round = 0; round < 25; round++)
        {
            var expected = RandomDataset(random, minPoints: name.Contains("svm", StringComparison.Ordinal) ? 1 : 0);
            var path = _folder[name];
            DatasetFile.Write(expected, path);

            foreach (var threads in new[] { 1, 2, 4 })
            {
                var options = new DatasetReadOptions { Threads = threads, MinFeatureCount = expected.FeatureCount, MinLabelCount = expected.LabelCount };
                AssertEqual(expected, DatasetFile.Read(path, options, RandomLimits(random)));
                AssertEqual(expected, DatasetFile.Read(path, options));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    [InlineData(".br")]
    public void WriteSplitReadSplit_RandomDatasets_AreBitEqualForAnyThreadsAndBlocks(string compression)
    {
        var random = new Random(12);
        var (featuresPath, labelsPath) = (_folder["trn_X_Xf.txt" + compression], _folder["trn_X_Y.txt" + compression]);
        for (var round = 0; round < 25; round++)
        {
            var expected = RandomDataset(random, minPoints: 0);
            DatasetFile.WriteSplit(expected, featuresPath, labelsPath);

            foreach (var threads in new[] { 1, 2, 4 })
                AssertEqual(expected, DatasetFile.ReadSplit(featuresPath, labelsPath, threads, RandomLimits(random)));
        }
    }

    [Fact]
    public void Write_XmlRepository_IsTheDocumentedText()
    {
        var features = new SparseMatrix(4, 6, [0, 2, 3, 3, 3], [0, 5, 2], [0.5f, 2f, 1e-20f]);
        var labels = new SparseMatrix(4, 4, [0, 2, 2, 3, 3], [1, 3, 0]);

        DatasetFile.Write(new Dataset("example", features, labels), _folder["points.txt"]);

        Assert.Equal("4 6 4\n1,3 0:0.5 5:2\n 2:1E-20\n0\n \n", File.ReadAllText(_folder["points.txt"]));
    }

    [Fact]
    public void WriteSplit_IsTheDocumentedText()
    {
        var features = new SparseMatrix(2, 6, [0, 2, 2], [0, 5], [0.5f, 2f]);
        var labels = new SparseMatrix(2, 4, [0, 0, 2], [1, 3]);

        DatasetFile.WriteSplit(new Dataset("example", features, labels), _folder["x.txt"], _folder["y.txt"]);

        Assert.Equal("2 6\n0:0.5 5:2\n\n", File.ReadAllText(_folder["x.txt"]));
        Assert.Equal("2 4\n\n1:1 3:1\n", File.ReadAllText(_folder["y.txt"]));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Write_ValueThatIsNotFinite_IsAnErrorAndLeavesTheOldFile(float value)
    {
        var path = _folder.Write("points.txt", "old");
        var dataset = new Dataset("example", new SparseMatrix(1, 6, [0, 2], [0, 5], [0.5f, value]), new SparseMatrix(1, 4, [0, 0], []));

        Assert.Throws<LightDxmlException>(() => DatasetFile.Write(dataset, path));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_SameDatasetTwice_GivesTheSameBytes()
    {
        var dataset = RandomDataset(new Random(4), minPoints: 5);
        DatasetFile.Write(dataset, _folder["a.gz"]);
        DatasetFile.Write(dataset, _folder["b.gz"]);

        Assert.Equal(File.ReadAllBytes(_folder["a.gz"]), File.ReadAllBytes(_folder["b.gz"]));
    }

    private static Dataset RandomDataset(Random random, int minPoints)
    {
        var pointCount = random.Next(minPoints, 60);
        return new Dataset(
            "random",
            SparseMatrixSamples.Random(random, pointCount, random.Next(1, 90), withValues: true),
            SparseMatrixSamples.Random(random, pointCount, random.Next(1, 20), withValues: false));
    }

    private static ReadLimits RandomLimits(Random random) => new(BlockBytes: random.Next(1, 300), MaxBlockNonZeros: random.Next(1, 500));

    private static void AssertEqual(Dataset expected, Dataset actual)
    {
        SparseMatrixSamples.AssertEqual(expected.Features, actual.Features);
        SparseMatrixSamples.AssertEqual(expected.Labels, actual.Labels);
    }
}
