using LightDxml.Data;
using Xunit;

namespace LightDxml.TestKit;

/// <summary>Seeded random matrices and their comparison.</summary>
internal static class SparseMatrixSamples
{
    /// <summary>About a third of the rows are empty; the last column is often unused; values cover many magnitudes.</summary>
    public static SparseMatrix Random(Random random, int rowCount, int columnCount, bool withValues)
    {
        var offsets = new long[rowCount + 1];
        var columns = new List<int>();
        var values = new List<float>();
        for (var row = 0; row < rowCount; row++)
        {
            var density = random.Next(3) * random.NextDouble();
            for (var column = 0; column < columnCount; column++)
            {
                if (random.NextDouble() >= density)
                    continue;
                columns.Add(column);
                values.Add(Value(random));
            }

            offsets[row + 1] = columns.Count;
        }

        return new SparseMatrix(rowCount, columnCount, offsets, [.. columns], withValues ? [.. values] : null);
    }

    public static void AssertEqual(SparseMatrix expected, SparseMatrix actual)
    {
        Assert.Equal((expected.RowCount, expected.ColumnCount, expected.HasValues), (actual.RowCount, actual.ColumnCount, actual.HasValues));
        Assert.Equal(expected.RowOffsets.ToArray(), actual.RowOffsets.ToArray());
        for (var row = 0; row < expected.RowCount; row++)
        {
            Assert.Equal(expected.RowColumns(row).ToArray(), actual.RowColumns(row).ToArray());
            Assert.Equal(Bits(expected.RowValues(row)), Bits(actual.RowValues(row)));
        }
    }

    private static float Value(Random random)
    {
        while (true)
        {
            var value = random.Next(4) switch
            {
                0 => 1f,
                1 => random.Next(1, 10_000) / 10_000f,
                2 => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)),
                _ => random.NextSingle() * 200 - 100,
            };
            if (float.IsFinite(value))
                return value;
        }
    }

    private static int[] Bits(ReadOnlySpan<float> values) => Array.ConvertAll(values.ToArray(), BitConverter.SingleToInt32Bits);
}
