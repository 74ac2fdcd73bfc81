using LightDxml.Data;
using LightDxml.Kernels.Linear;

namespace LightDxml.Kernels.Tests.Linear;

public class PackedRowsTests
{
    [Theory]
    [InlineData(40, 30, 1 << 20)]
    [InlineData(500, 80, 1 << 20)]
    [InlineData(500, 80, 4096)] // Memory for the first rows only.
    [InlineData(150_000, 3000, 1 << 24)] // More columns than sixteen bits number: the later rows hold columns of both kinds.
    [InlineData(150_000, 3000, 0)]
    public void DotAndAddTo_RowsOfAnyLength_AreThoseOfTheRoundedMatrix(int featureCount, int longest, int memory)
    {
        var random = new Random(3);
        var matrix = Rows(random, 100, featureCount, longest);
        var packed = new PackedRows(matrix, memory);
        packed.Append([5, 5, 7]);
        packed.Clear();
        int[] rows = [.. Enumerable.Range(0, 100)];
        packed.Append(rows.AsSpan(..40));
        packed.Append(rows.AsSpan(40..));
        Assert.Equal(featureCount == 150_000, packed.ColumnCount > 65_536);

        var weights = Array.ConvertAll(new float[packed.ColumnCount], _ => random.NextSingle() - 0.5f);
        var byFeature = new double[featureCount];
        for (var own = 0; own < weights.Length; own++)
            byFeature[packed.Features[own]] = weights[own];
        var features = packed.Features.ToArray();
        foreach (var i in rows)
        {
            var columns = matrix.RowColumns(i).ToArray();
            var values = Array.ConvertAll(matrix.RowValues(i).ToArray(), Bfloat16.Round);
            Assert.Equal(columns.Zip(values, (column, value) => byFeature[column] * value).Sum(), packed.Dot(i, weights), 1e-3);
            var squares = values.Sum(value => (double)value * value);
            Assert.Equal(squares, packed.SquaredNorm(i), 1e-5 * (1 + squares));
            packed.Prefetch(i);
            packed.AddTo(weights, i, 0.25f);
            for (var j = 0; j < columns.Length; j++)
                byFeature[columns[j]] += 0.25 * values[j];
        }

        Assert.All(Enumerable.Range(0, weights.Length), own => Assert.Equal(byFeature[features[own]], weights[own], 1e-4));
    }

    [Fact]
    public void Dot_LittleMemory_GivesTheSameBits()
    {
        var random = new Random(4);
        var matrix = Rows(random, 100, 500, 80);
        int[] rows = [.. Enumerable.Range(0, 100)];
        PackedRows[] all = [new(matrix, 1 << 20), new(matrix, 4096), new(matrix, 0)];
        foreach (var packed in all)
        {
            packed.Append(rows.AsSpan(..60));
            packed.Scale(Scales(packed));
            packed.Append(rows.AsSpan(60..));
            packed.Scale(Scales(packed));
        }

        var weights = Array.ConvertAll(new float[all[0].ColumnCount], _ => random.NextSingle() - 0.5f);
        foreach (var i in rows)
            Assert.Single(all.Select(packed => BitConverter.SingleToUInt32Bits(packed.Dot(i, weights))).Distinct());
    }

    [Theory]
    [InlineData(500, 80)]
    [InlineData(150_000, 3000)]
    public void Scale_RowsAddedBeforeAndSince_AreEachScaledOnce(int featureCount, int longest)
    {
        var matrix = Rows(new Random(5), 100, featureCount, longest);
        PackedRows raw = new(matrix, 1 << 24), scaled = new(matrix, 1 << 24);
        raw.Append([.. Enumerable.Range(0, 100)]);
        scaled.Append([.. Enumerable.Range(0, 60)]);
        scaled.Scale(Scales(scaled));
        scaled.Append([.. Enumerable.Range(60, 40)]);
        scaled.Scale(Scales(scaled));
        var ones = Array.ConvertAll(new float[raw.ColumnCount], _ => 1f);
        for (var i = 0; i < 100; i++)
        {
            // ⟨1, s · x⟩ = ⟨s, x⟩, but for another rounding of some products.
            Assert.Equal(raw.Dot(i, Scales(raw)), scaled.Dot(i, ones), 0.02 * (1 + Math.Sqrt(raw.SquaredNorm(i))));
            var squares = matrix.RowColumns(i).ToArray().Zip(matrix.RowValues(i).ToArray(), (column, value) => Math.Pow(value * ScaleOf(column), 2)).Sum();
            Assert.Equal(squares, scaled.SquaredNorm(i), 0.01 * (1 + squares));
        }
    }

    private static float[] Scales(PackedRows rows) => Array.ConvertAll(rows.Features.ToArray(), ScaleOf);

    private static float ScaleOf(int feature) => 0.5f + feature % 3;

    private static SparseMatrix Rows(Random random, int count, int features, int longest)
    {
        var rows = new (int[], float[])[count];
        for (var row = 0; row < count; row++)
        {
            // Row 0 is empty.
            int[] columns = [.. Enumerable.Range(0, row * longest / count).Select(_ => random.Next(features)).Distinct().Order()];
            rows[row] = (columns, Array.ConvertAll(columns, _ => random.NextSingle() * 2 - 1));
        }

        return SparseMatrix.OfRows(rows, features);
    }
}
