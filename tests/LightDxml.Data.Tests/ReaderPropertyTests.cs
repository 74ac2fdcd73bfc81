using CsCheck;
using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

public sealed class ReaderPropertyTests : IDisposable
{
    private static readonly Gen<string> AnyLine = Gen.OneOf(
        Gen.String[Gen.Char["0123456789:, .-e#\t\r"], 0, 20],
        Gen.Select(Gen.Int[0, 6].Array[0, 3], Gen.Select(Gen.Int[0, 9], Gen.Float[-9, 9]).Array[0, 4]).Select((labels, features) =>
            $"{string.Join(',', labels)} {string.Join(' ', features.Select(feature => FormattableString.Invariant($"{feature.Item1}:{feature.Item2}")))}"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_AnyLines_GivesASoundMatrixOrAFormatFault()
    {
        var accepted = 0;
        Gen.Select(AnyLine.Array[0, 5], Gen.Bool).Sample((lines, hasHeader) =>
        {
            var header = hasHeader ? $"{lines.Length} 10 7\n" : "";
            var path = _folder.Write(hasHeader ? "points.txt" : "points.svm", header + string.Join('\n', lines) + "\n");
            try
            {
                var data = DatasetFile.Read(path, new DatasetReadOptions { Threads = 1 });
                AssertSound(data.Features);
                AssertSound(data.Labels);
                accepted++;
            }
            catch (DataFormatException)
            {
            }
        }, iter: 1500, threads: 1);

        // Both outcomes must occur, or the lines test nothing.
        Assert.InRange(accepted, 50, 1450);
    }

    // The public constructor checks everything that kernels trust.
    private static void AssertSound(SparseMatrix matrix)
    {
        var columns = Enumerable.Range(0, matrix.RowCount).SelectMany(row => matrix.RowColumns(row).ToArray()).ToArray();
        Assert.Equal(matrix.NonZeroCount, new SparseMatrix(matrix.RowCount, matrix.ColumnCount, matrix.RowOffsets.ToArray(), columns).NonZeroCount);
        for (var row = 0; row < matrix.RowCount; row++)
            Assert.All(matrix.RowValues(row).ToArray(), value => Assert.True(float.IsFinite(value)));
    }
}
