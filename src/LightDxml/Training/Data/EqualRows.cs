using System.IO.Hashing;
using System.Runtime.InteropServices;
using LightDxml.Data;

namespace LightDxml.Training;

/// <summary>Finds documents with the same features, such as a text that a set holds several times.</summary>
internal static class EqualRows
{
    /// <param name="some">Rows whose equals are wanted.</param>
    /// <returns>Of each of these that has features the rows of all that are equal to it, itself among them, ascending.</returns>
    public static Dictionary<int, List<int>> Of(SparseMatrix rows, ReadOnlySpan<int> some)
    {
        var groups = new Dictionary<UInt128, List<int>>(some.Length);
        var equals = new Dictionary<int, List<int>>(some.Length);
        foreach (var row in some)
        {
            if (rows.RowLength(row) == 0)
                continue;
            var hash = HashOf(rows, row);
            if (!groups.TryGetValue(hash, out var group))
                groups.Add(hash, group = []);
            equals.Add(row, group);
        }

        for (var row = 0; row < rows.RowCount; row++)
        {
            if (rows.RowLength(row) > 0 && groups.TryGetValue(HashOf(rows, row), out var group))
                group.Add(row);
        }

        return equals;
    }

    private static UInt128 HashOf(SparseMatrix rows, int row)
    {
        var columns = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(rows.RowColumns(row)));
        return columns ^ XxHash128.HashToUInt128(MemoryMarshal.AsBytes(rows.RowValues(row)), seed: (long)(ulong)columns);
    }
}
