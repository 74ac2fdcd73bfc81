using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Tests.Models;

public class SparseTensorsTests
{
    [Theory]
    [InlineData(Precision.Float32, 20)]
    [InlineData(Precision.Int4, 20)]
    [InlineData(Precision.Int4, SparseMatrix.MaxBlockNonZeros)]
    public void Read_InBlocks_GivesTheRowsThatWereWritten(Precision precision, long maxNonZeros)
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 60).Select(row => Row(random, row % 7 == 0 ? 0 : random.Next(1, 40))).ToArray();
        var matrix = SparseMatrix.OfRows(rows, 500);
        if (precision != Precision.Float32)
            matrix = matrix.ChangeRows(static (_, values) => RowQuantizer.Bytes.Round(values));
        var writer = new SafetensorsWriter();
        SparseTensors.Add(writer, "some", matrix, precision);
        using var stream = new MemoryStream();
        writer.WriteTo(stream);
        stream.Position = 0;
        using var file = SafetensorsFile.Copy(stream, stream.Length, "some");
        var read = SparseTensors.Read(file, "some", rows.Length, 500, precision, maxNonZeros)!;
        Assert.Equal(matrix.RowOffsets, read.RowOffsets);
        for (var row = 0; row < rows.Length; row++)
        {
            Assert.Equal(matrix.RowColumns(row), read.RowColumns(row));
            Assert.Equal(matrix.RowValues(row), read.RowValues(row));
        }
    }

    private static (int[] Columns, float[] Values) Row(Random random, int length)
    {
        int[] columns = [.. Enumerable.Range(0, length).Select(_ => random.Next(500)).Distinct().Order()];
        return (columns, Array.ConvertAll(columns, _ => random.NextSingle() - 0.5f));
    }
}
