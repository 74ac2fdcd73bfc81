using LightDxml.Data;

namespace LightDxml.Benchmarks.Data;

/// <summary>Seeded points whose text looks like that of TF-IDF sets: four decimals, five labels a point.</summary>
internal static class RandomPoints
{
    public static Dataset Create(int pointCount, int featureCount, int featuresPerPoint)
    {
        var random = new Random(1);
        var features = Rows(random, pointCount, featureCount, featuresPerPoint, withValues: true);
        return new Dataset("synthetic", features, Rows(random, pointCount, columnCount: 4000, rowLength: 5, withValues: false));
    }

    private static SparseMatrix Rows(Random random, int rowCount, int columnCount, int rowLength, bool withValues)
    {
        var offsets = new long[rowCount + 1];
        var columns = new int[rowCount * rowLength];
        var values = withValues ? new float[columns.Length] : null;
        for (var row = 0; row < rowCount; row++)
        {
            // One column from each of equal strips: distinct and ascending.
            offsets[row + 1] = offsets[row] + rowLength;
            for (var i = 0; i < rowLength; i++)
            {
                columns[row * rowLength + i] = (int)((i + random.NextDouble()) * columnCount / rowLength);
                if (values is not null)
                    values[row * rowLength + i] = random.Next(1, 2000) / 10_000f;
            }
        }

        return new SparseMatrix(rowCount, columnCount, offsets, columns, values);
    }
}
