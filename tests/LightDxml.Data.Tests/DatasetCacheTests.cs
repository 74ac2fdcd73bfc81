using System.Buffers.Binary;
using System.Globalization;
using LightDxml.Data.Cache;
using LightDxml.TestKit;
using LightDxml.Text;

namespace LightDxml.Data.Tests;

public sealed class DatasetCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    public void WriteThenRead_GivesTheSameBits(int points)
    {
        var dataset = Sample(points) with { LabelNames = [.. Enumerable.Range(0, 20).Select(label => $"Läbel {label}")] };
        DatasetCache.Write(dataset, _folder["set.cache"]);
        var read = DatasetFile.Read(_folder["set.cache"]);
        SparseMatrixSamples.AssertEqual(dataset.Features, read.Features);
        SparseMatrixSamples.AssertEqual(dataset.Labels, read.Labels);
        Assert.Equal(dataset.LabelNames, read.LabelNames);
    }

    [Fact]
    public void Write_OfPointsThatComeOneByOne_MakesSeveralPieces_WhoseRowsAreWhole()
    {
        // 300 points of 8,000 non-zeros are more than two pieces.
        int[] columns = [.. Enumerable.Range(0, 8000)];
        static float Value(int point, int column) => point + column / 8192f;
        DatasetCache.Write(_folder["set.cache"], 8000, 300, Enumerable.Range(0, 300).Select(point =>
            (columns, Array.ConvertAll(columns, column => Value(point, column)), new[] { point })));
        var read = DatasetCache.Read(_folder["set.cache"]);
        Assert.Equal((300, 2_400_000L), (read.PointCount, read.Features.NonZeroCount));
        for (var point = 0; point < 300; point += 13)
        {
            Assert.Equal(columns, read.Features.RowColumns(point).ToArray());
            Assert.Equal(Value(point, 7999), read.Features.RowValues(point)[7999]);
            Assert.Equal([point], read.Labels.RowColumns(point).ToArray());
        }
    }

    [Theory]
    [InlineData("0 1", "1", "0", 3, "Document 2 has 1 values for 2 features")]
    [InlineData("0", "1 2", "0", 3, "Document 2 has 2 values for 1 features")]
    [InlineData("1 0", "1 1", "0", 3, "Document 2 has the feature 0 after 1, expected ascending ones")]
    [InlineData("1 1", "1 1", "0", 3, "Document 2 has the feature 1 after 1")]
    [InlineData("-1", "1", "0", 3, "Document 2 has the feature -1, which is below 0")]
    [InlineData("4", "1", "0", 3, "feature 4, which is not below the feature count 4")]
    [InlineData("0", "NaN", "0", 3, "Document 2 has a value that is not finite")]
    [InlineData("0 1", "1 Infinity", "0", 3, "not finite")]
    [InlineData("0", "1", "2 0", 3, "Document 2 has the label 0 after 2")]
    [InlineData("0", "1", "-5", 3, "Document 2 has the label -5, which is below 0")]
    [InlineData("0", "1", "3", 3, "label 3, which is not below the label count 3")]
    [InlineData("0", "1", "0", 2, "There are 2 names for 3 labels")]
    public void Write_PointThatCouldNotBeReadAgain_IsAStatedError_AndNoFileIsLeft(string columns, string values, string labels, int names, string fault)
    {
        var point = (
            Columns: Array.ConvertAll(columns.Split(' '), int.Parse),
            Values: Array.ConvertAll(values.Split(' '), value => float.Parse(value, CultureInfo.InvariantCulture)), Labels: Array.ConvertAll(labels.Split(' '), int.Parse));
        var exception = Assert.Throws<LightDxmlException>(() =>
            DatasetCache.Write(_folder["set.cache"], 4, 3, [([0, 3], [1, 2], [0, 2]), point], [.. Enumerable.Range(0, names).Select(label => $"{label}")]));
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    public void Verify_FindsEveryDamagedByte(int points)
    {
        DatasetCache.Write(Sample(points) with { LabelNames = [.. Enumerable.Range(0, 20).Select(label => $"{label}")] }, _folder["set.cache"]);
        var whole = File.ReadAllBytes(_folder["set.cache"]);
        Assert.True(CacheReader.Verify(_folder["set.cache"]));
        for (var i = 8; i < whole.Length; i += Math.Max(1, whole.Length / 60))
        {
            var damaged = (byte[])whole.Clone();
            damaged[i] ^= 1;
            File.WriteAllBytes(_folder["set.cache"], damaged);
            Assert.ThrowsAny<LightDxmlException>(() => CacheReader.Verify(_folder["set.cache"]));
        }
    }

    // Earlier versions wrote the same without the checksum at the end.
    [Fact]
    public void Read_FileWithoutAChecksum_Works_AndVerifyKnowsNothing()
    {
        var dataset = Sample(30);
        DatasetCache.Write(dataset, _folder["set.cache"]);
        var former = File.ReadAllBytes(_folder["set.cache"])[..^CacheHeader.ChecksumBytes];
        BinaryPrimitives.WriteInt64LittleEndian(former.AsSpan(16), former.Length);
        File.WriteAllBytes(_folder["set.cache"], former);
        SparseMatrixSamples.AssertEqual(dataset.Features, DatasetCache.Read(_folder["set.cache"]).Features);
        Assert.False(CacheReader.Verify(_folder["set.cache"]));
    }

    [Theory]
    [InlineData("set.txt")]
    [InlineData("set.svm")]
    public void Convert_OfText_EqualsReadingIt(string name)
    {
        DatasetFile.Write(Sample(80), _folder[name]);
        DatasetCache.Convert(_folder[name], new DatasetReadOptions(), _folder["set.cache"]);
        var (expected, read) = (DatasetFile.Read(_folder[name]), DatasetCache.Read(_folder["set.cache"]));
        SparseMatrixSamples.AssertEqual(expected.Features, read.Features);
        SparseMatrixSamples.AssertEqual(expected.Labels, read.Labels);
    }

    [Theory]
    [InlineData("5 0:1\n70000 0:1\n")]
    [InlineData("3,9000000000,70000 0:3 1:4\n 1:2\n9223372036854775807,3 0:1\n70000,4 1:1\n")]
    [InlineData(null)]
    public void Convert_OfLargeLabels_EqualsReadingIt_NamesIncluded(string? text)
    {
        // Of neighbouring numbers, which stay numbers, in an order that is not theirs.
        text ??= string.Concat(Enumerable.Range(0, 20_000).Select(label => $"{79_999 - label},{label} 0:1\n"));
        foreach (var unitRows in new[] { false, true })
        {
            var expected = DatasetFile.Read(_folder.Write("large.svm", text));
            DatasetCache.Convert(_folder["large.svm"], new DatasetReadOptions(), _folder["set.cache"], unitRows);
            var read = DatasetCache.Read(_folder["set.cache"]);
            SparseMatrixSamples.AssertEqual(unitRows ? UnitRows.Of(expected.Features) : expected.Features, read.Features);
            SparseMatrixSamples.AssertEqual(expected.Labels, read.Labels);
            Assert.Equal(expected.LabelNames, read.LabelNames);
            Assert.True(CacheReader.Verify(_folder["set.cache"]));
        }
    }

    [Fact]
    public void Convert_UnitRows_GivesTheBitsThatTrainingWouldSee()
    {
        DatasetFile.Write(Sample(40), _folder["set.txt"]);
        DatasetCache.Convert(_folder["set.txt"], new DatasetReadOptions(), _folder["set.cache"], unitRows: true);
        SparseMatrixSamples.AssertEqual(UnitRows.Of(DatasetFile.Read(_folder["set.txt"]).Features), DatasetCache.Read(_folder["set.cache"]).Features);
    }

    [Fact]
    public void SelectRows_OfAMappedMatrix_EqualsThatOfACopy_AlsoTwice_AndScaled()
    {
        var dataset = Sample(60);
        DatasetCache.Write(dataset, _folder["set.cache"]);
        var (plain, mapped) = (dataset.Features, DatasetCache.Read(_folder["set.cache"]).Features);
        int[] some = [5, 9, 9, 59, 0], again = [4, 0, 2];
        SparseMatrixSamples.AssertEqual(plain.SelectRows(some), mapped.SelectRows(some));
        SparseMatrixSamples.AssertEqual(plain.SelectRows(some).SelectRows(again), mapped.SelectRows(some).SelectRows(again));
        SparseMatrixSamples.AssertEqual(plain.SelectRows(some).Transpose(), mapped.SelectRows(some).Transpose());
        SparseMatrixSamples.AssertEqual(
            plain.SelectRows(some).ScaleRows(values => 1f / (1 + values.Length)), mapped.SelectRows(some).ScaleRows(values => 1f / (1 + values.Length)));
    }

    [Fact]
    public void Read_WithLeastCounts_WidensTheSpace()
    {
        DatasetCache.Write(Sample(5), _folder["set.cache"]);
        var read = DatasetFile.Read(_folder["set.cache"], new DatasetReadOptions { MinFeatureCount = 1000, MinLabelCount = 7 });
        Assert.Equal((1000, 20), (read.FeatureCount, read.LabelCount));
    }

    [Fact]
    public void TextToCache_EqualsTextToMatrices()
    {
        var path = _folder["docs.jsonl"];
        TextFile.Write(RandomDocuments.Create(300, seed: 8), path);
        var fitted = TextDataset.Fit(path, new TextReadOptions(), new TextVectorizerOptions());
        TextDataset.WriteCache(path, new TextReadOptions(), fitted.Vectorizer, fitted.Labels, fitted.Labels.Ids, _folder["set.cache"]);
        var read = DatasetCache.Read(_folder["set.cache"]);
        SparseMatrixSamples.AssertEqual(fitted.Dataset.Features, read.Features);
        SparseMatrixSamples.AssertEqual(fitted.Dataset.Labels, read.Labels);
        Assert.Equal(fitted.Labels.Ids, read.LabelNames);
    }

    [Fact]
    public void DamagedBytes_AreAStatedError_OrLeaveASetOfTheSameShape()
    {
        DatasetCache.Write(Sample(6), _folder["set.cache"]);
        var bytes = File.ReadAllBytes(_folder["set.cache"]);
        var refused = 0;
        for (var i = 0; i < bytes.Length; i += i < 80 ? 1 : 23)
        {
            var damaged = bytes.ToArray();
            damaged[i] ^= 0x55;
            var path = _folder.Write($"damaged-{i}", damaged);
            try
            {
                // Values and columns may change within their range, which no reader can see.
                Assert.Equal(6, DatasetCache.Read(path).PointCount);
            }
            catch (LightDxmlException)
            {
                refused++;
            }
        }

        Assert.True(refused > 72, $"{refused} of {bytes.Length}");
    }

    [Fact]
    public void TruncatedFile_IsAStatedError()
    {
        DatasetCache.Write(Sample(6), _folder["set.cache"]);
        var bytes = File.ReadAllBytes(_folder["set.cache"]);
        foreach (var length in new[] { 8, 70, bytes.Length / 2, bytes.Length - 1 })
            Assert.Contains("not a whole cached data set", Assert.Throws<LightDxmlException>(() => DatasetCache.Read(_folder.Write($"cut-{length}", bytes[..length]))).Message, StringComparison.Ordinal);
    }

    private static Dataset Sample(int points)
    {
        var random = new Random(points);
        return new Dataset("sample", SparseMatrixSamples.Random(random, points, 300, withValues: true), SparseMatrixSamples.Random(random, points, 20, withValues: false));
    }
}
