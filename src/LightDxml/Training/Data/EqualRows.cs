using System.IO.Hashing;
using System.Runtime.InteropServices;
using LightDxml.Data;

namespace LightDxml.Training;

/// <summary>Finds documents with the same features, such as a text that a set holds several times.</summary>
internal static class EqualRows
{
    /// <returns>Of each row that has equals, all of them, ascending; rows without features have none.</returns>
    public static Dictionary<int, int[]> Of(SparseMatrix rows)
    {
        var byHash = new Dictionary<UInt128, int>(rows.RowCount);
        var groups = new Dictionary<int, List<int>>();
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (rows.RowLength(row) == 0)
                continue;
            var hash = HashOf(rows, row);
            if (byHash.TryAdd(hash, row))
                continue;
            var first = byHash[hash];
            if (!groups.TryGetValue(first, out var group))
                groups.Add(first, group = [first]);
            group.Add(row);
        }

        var equals = new Dictionary<int, int[]>();
        foreach (var group in groups.Values.Select(group => group.ToArray()))
        {
            foreach (var row in group)
                equals.Add(row, group);
        }

        return equals;
    }

    private static UInt128 HashOf(SparseMatrix rows, int row)
    {
        var columns = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(rows.RowColumns(row)));
        return columns ^ XxHash128.HashToUInt128(MemoryMarshal.AsBytes(rows.RowValues(row)), seed: (long)(ulong)columns);
    }
}
