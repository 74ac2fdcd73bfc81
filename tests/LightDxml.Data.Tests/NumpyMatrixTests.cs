using System.IO.Compression;
using System.Text;
using LightDxml.Data.Formats;
using LightDxml.Data.Numpy;
using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

public sealed class NumpyMatrixTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("<i4", "<i4", "<f4")]
    [InlineData("<i8", "<i4", "<f8")]
    [InlineData("<i4", "<i8", "<f2")]
    public void ReadSplit_MatricesOfSciPy_AreADataSet(string offsets, string indices, string values)
    {
        var features = Npz("x.npz", 3, [0, 2, 2, 3], [2, 0, 1], [0.5, 2, -1], offsets, indices, values);
        var labels = Npz("y.npz", 2, [0, 1, 2, 3], [1, 0, 0], [1, 1, 0], offsets, indices, "|b1");

        var set = DatasetFile.ReadSplit(features, labels);

        Assert.Equal((3, 3, 2), (set.PointCount, set.FeatureCount, set.LabelCount));
        Assert.Equal([0, 2], set.Features.RowColumns(0).ToArray());
        Assert.Equal([2f, 0.5f], set.Features.RowValues(0).ToArray());
        Assert.Equal([0], set.Labels.RowColumns(1).ToArray());
        Assert.Equal(0, set.Labels.RowLength(2));
    }

    [Fact]
    public void ZipOfOtherFiles_IsAnErrorThatSaysWhatToDo()
    {
        using (var archive = new ZipArchive(File.Create(_folder["table.xlsx"]), ZipArchiveMode.Create))
            archive.CreateEntry("xl/sheet1.xml");

        var fault = Assert.Throws<LightDxmlException>(() => DatasetFile.HasFeatures(_folder["table.xlsx"]));
        Assert.Contains("zip archive without .npy files", fault.Message, StringComparison.Ordinal);
        Assert.True(DatasetFile.HasFeatures(Npz("x.npz", 1, [0, 1], [0], [1], "<i4", "<i4", "<f4")));
    }

    [Fact]
    public void ReadMatrix_DenseArray_KeepsWhatIsNotZero()
    {
        File.WriteAllBytes(_folder["x.npy"], Array("<f8", "(2, 3)", [1, 0, 2.5, 0, 0, -3]));

        var matrix = NumpyMatrix.ReadMatrix(_folder["x.npy"], MatrixKind.Features);

        Assert.Equal([0, 2], matrix.RowColumns(0).ToArray());
        Assert.Equal([-3f], matrix.RowValues(1).ToArray());
    }

    [Theory]
    [InlineData(-1, "-1")]
    [InlineData(0.25, "0.25")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void ReadMatrix_LabelValueThatSaysNeither_IsAnErrorThatNamesIt(double value, string shown)
    {
        File.WriteAllBytes(_folder["y.npy"], Array("<f8", "(2, 3)", [1, 0, 2.5, 0, value, 1]));
        var sparse = Npz("y.npz", 3, [0, 2, 3], [0, 2, 1], [1, 2.5, value], "<i4", "<i4", "<f4");

        foreach (var path in (string[])[_folder["y.npy"], sparse])
        {
            var fault = Assert.Throws<LightDxmlException>(() => NumpyMatrix.ReadMatrix(path, MatrixKind.Labels)).Message;
            Assert.StartsWith($"{path}: in row 1 the label 1 has the value {shown}, expected 1 for a label", fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ReadMatrix_CountsAndWeightsOf1OrMore_AreLabels()
    {
        File.WriteAllBytes(_folder["y.npy"], Array("<f8", "(2, 3)", [1, 0, 2.5, 0, 7, 0]));

        var matrix = NumpyMatrix.ReadMatrix(_folder["y.npy"], MatrixKind.Labels);

        Assert.Equal([0, 2], matrix.RowColumns(0).ToArray());
        Assert.Equal([1], matrix.RowColumns(1).ToArray());
    }

    [Theory]
    [InlineData(new[] { 0, 2, 1, 3 }, new[] { 0, 1, 2 }, "csr", "row 1 ends at entry 1")]
    [InlineData(new[] { 0, 1, 2, 3 }, new[] { 0, 9, 2 }, "csr", "feature 9, which is not below the feature count 3")]
    [InlineData(new[] { 0, 1, 2, 3 }, new[] { 0, -1, 2 }, "csr", "feature -1")]
    [InlineData(new[] { 0, 2, 2, 3 }, new[] { 1, 1, 2 }, "csr", "feature 1 twice")]
    [InlineData(new[] { 0, 1, 2, 4 }, new[] { 0, 1, 2 }, "csr", "do not fit 3 rows")]
    [InlineData(new[] { 0, 1, 2, 3 }, new[] { 0, 1, 2 }, "csc", "tocsr()")]
    public void ReadMatrix_EntriesOutOfPlace_AreErrors(int[] offsets, int[] indices, string format, string words)
    {
        var path = Npz("bad.npz", 3, offsets, indices, [1, 1, 1], "<i4", "<i4", "<f4", format);

        Assert.Contains(words, Assert.Throws<LightDxmlException>(() => NumpyMatrix.ReadMatrix(path, MatrixKind.Features)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<f8", "(2, 30000000)", "cut off")]
    [InlineData("<c8", "(1, 1)", "found items of the type <c8")]
    [InlineData(">f8", "(1, 1)", "found items of the type >f8")]
    [InlineData("<f8", "(3,)", "found an array of 1 dimensions")]
    [InlineData("|O", "(1, 3)", "found an array of Python objects")]
    [InlineData("|S8", "(1, 3)", "found an array of text")]
    [InlineData("<U2", "(3, 1)", "found an array of text")]
    [InlineData("|S99999999999", "(1, 1)", "expected 'descr'")]
    [InlineData("<f8", "(2147483646, 0)", "without columns")]
    [InlineData("<f8", "(0, 99999999999)", "more than one array can hold")]
    [InlineData("<f8", "(3, 0)", "without columns")]
    public void ReadMatrix_ArrayThatIsNone_IsAnError(string type, string shape, string words)
    {
        File.WriteAllBytes(_folder["bad.npy"], Array(type, shape, [1, 2, 3]));

        Assert.Contains(words, Assert.Throws<LightDxmlException>(() => NumpyMatrix.ReadMatrix(_folder["bad.npy"], MatrixKind.Features)).Message, StringComparison.Ordinal);
    }

    private string Npz(string name, int columns, int[] offsets, int[] indices, double[] values, string offsetType, string indexType, string valueType, string format = "csr")
    {
        using var archive = ZipFile.Open(_folder[name], ZipArchiveMode.Create);
        Add("indptr", Array(offsetType, $"({offsets.Length},)", [.. offsets.Select(number => (double)number)]));
        Add("indices", Array(indexType, $"({indices.Length},)", [.. indices.Select(number => (double)number)]));
        Add("data", Array(valueType, $"({values.Length},)", values));
        Add("shape", Array("<i8", "(2,)", [offsets.Length - 1, columns]));
        Add("format", [.. Header("|S3", "()"), .. Encoding.ASCII.GetBytes(format)]);
        return _folder[name];

        void Add(string entry, byte[] bytes)
        {
            using var stream = archive.CreateEntry($"{entry}.npy").Open();
            stream.Write(bytes);
        }
    }

    private static byte[] Array(string type, string shape, double[] numbers) =>
    [
        .. Header(type, shape),
        .. numbers.SelectMany(number => type[1..] switch
        {
            "i4" => BitConverter.GetBytes((int)number),
            "i8" => BitConverter.GetBytes((long)number),
            "f2" => BitConverter.GetBytes((Half)number),
            "f4" => BitConverter.GetBytes((float)number),
            "b1" => [(byte)number],
            _ => BitConverter.GetBytes(number),
        }),
    ];

    private static byte[] Header(string type, string shape)
    {
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text)];
    }
}
