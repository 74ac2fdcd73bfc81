using LightDxml.Data;

namespace LightDxml.Models;

/// <summary>
/// Brings features of different kinds to one scale, such as seconds beside millions of inhabitants: of a value its feature's mean is taken off, and
/// what is left is multiplied by the feature's factor. Means are 0 of features that many documents lack, so that zeros stay zeros.
/// Documents without features stay so.
/// </summary>
internal sealed class FeatureScaling
{
    /// <summary>Values end here: one that is far beyond all that training saw does not drown the others.</summary>
    private const float Most = 10;
    private const int RowsAtOnce = 1024;

    /// <summary>Features whose mean is not 0, ascending.</summary>
    private readonly int[] _centred;

    /// <param name="means">[features]</param>
    /// <param name="factors">[features]; 0 of features that tell nothing.</param>
    public FeatureScaling(float[] means, float[] factors)
    {
        (Means, Factors) = (means, factors);
        _centred = [.. Enumerable.Range(0, means.Length).Where(feature => means[feature] * factors[feature] != 0)];
    }

    public float[] Means { get; }

    public float[] Factors { get; }

    public int FeatureCount => Factors.Length;

    /// <summary>Room that a document of so many features needs at most.</summary>
    public int Room(int features) => features + _centred.Length;

    /// <summary>A document's features on one scale, those among them that it lacks and whose zeros are then no zeros.</summary>
    /// <param name="columns">Ascending.</param>
    /// <param name="toColumns">With <see cref="Room"/> for all.</param>
    /// <param name="toValues">As <paramref name="toColumns"/>.</param>
    /// <returns>How many there are.</returns>
    public int Apply(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> toColumns, Span<float> toValues)
    {
        if (columns.IsEmpty)
            return 0;
        var (count, next) = (0, 0);
        for (var i = 0; i < columns.Length; i++)
        {
            for (; next < _centred.Length && _centred[next] < columns[i]; next++, count++)
                (toColumns[count], toValues[count]) = (_centred[next], Scaled(_centred[next], 0));
            if (next < _centred.Length && _centred[next] == columns[i])
                next++;
            (toColumns[count], toValues[count]) = (columns[i], Scaled(columns[i], values[i]));
            count++;
        }

        for (; next < _centred.Length; next++, count++)
            (toColumns[count], toValues[count]) = (_centred[next], Scaled(_centred[next], 0));
        return count;
    }

    /// <summary>The documents' features on one scale, as many columns as the scaling has features.</summary>
    /// <param name="threads">Threads to use; 0 takes every processor.</param>
    public SparseMatrix Apply(SparseMatrix documents, int threads)
    {
        var offsets = new long[documents.RowCount + 1];
        for (var row = 0; row < documents.RowCount; row++)
            offsets[row + 1] = offsets[row] + CountOf(documents.RowColumns(row));
        var blocks = new List<SparseMatrix.Block>();
        foreach (var (first, end) in SparseMatrix.CutRows(offsets, SparseMatrix.MaxBlockNonZeros))
        {
            var (columns, values) = (new int[offsets[end] - offsets[first]], new float[offsets[end] - offsets[first]]);
            RowRanges.ForEach(end - first, RowsAtOnce, threads, (from, to) =>
            {
                for (var row = first + from; row < first + to; row++)
                {
                    documents.Row(row, out var fromColumns, out var fromValues);
                    var (at, count) = ((int)(offsets[row] - offsets[first]), (int)(offsets[row + 1] - offsets[row]));
                    Apply(fromColumns, fromValues, columns.AsSpan(at, count), values.AsSpan(at, count));
                }
            });
            blocks.Add(new SparseMatrix.Block(first, columns, values));
        }

        GC.KeepAlive(documents);
        return SparseMatrix.OfChecked(documents.RowCount, FeatureCount, offsets, blocks);
    }

    private int CountOf(ReadOnlySpan<int> columns)
    {
        if (columns.IsEmpty)
            return 0;
        var (count, next) = (columns.Length + _centred.Length, 0);
        foreach (var column in columns)
        {
            while (next < _centred.Length && _centred[next] < column)
                next++;
            if (next < _centred.Length && _centred[next] == column)
                count--;
        }

        return count;
    }

    private float Scaled(int column, float value) => Math.Clamp((value - Means[column]) * Factors[column], -Most, Most);
}
