using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>How many points carry each label.</summary>
internal static class LabelFrequencies
{
    /// <returns>[labels] points with the label.</returns>
    public static int[] Count(SparseMatrix labels) => labels.RowsPerColumn();

    /// <returns>[labels] label rows, most frequent first, ties to the lower row.</returns>
    public static int[] MostFrequentFirst(int[] frequencies)
    {
        var rows = new int[frequencies.Length];
        for (var row = 0; row < rows.Length; row++)
            rows[row] = row;
        Array.Sort(rows, (x, y) => frequencies[x] != frequencies[y] ? frequencies[y].CompareTo(frequencies[x]) : x.CompareTo(y));
        return rows;
    }
}
