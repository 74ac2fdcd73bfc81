namespace LightDxml.Data;

public sealed partial class SparseMatrix
{
    /// <summary>Non-zeros of one block at most, so that its arrays stay well below the runtime's limit: 2³⁰.</summary>
    internal const long MaxBlockNonZeros = 1L << 30;

    /// <summary>
    /// Cuts rows into ranges of at most <paramref name="maxNonZeros"/> non-zeros. A row that is longer is a range of its own;
    /// no rows at all give one empty range.
    /// </summary>
    /// <param name="rowOffsets">[rows + 1], ascending from 0.</param>
    internal static List<(int First, int End)> CutRows(ReadOnlySpan<long> rowOffsets, long maxNonZeros)
    {
        var rowCount = rowOffsets.Length - 1;
        var ranges = new List<(int First, int End)>();
        var first = 0;
        for (var row = 0; row < rowCount; row++)
        {
            if (row > first && rowOffsets[row + 1] - rowOffsets[first] > maxNonZeros)
            {
                ranges.Add((first, row));
                first = row;
            }
        }

        ranges.Add((first, rowCount));
        return ranges;
    }
}
