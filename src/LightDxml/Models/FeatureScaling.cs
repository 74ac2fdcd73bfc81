using LightDxml.Data;

namespace LightDxml.Models;

/// <summary>
/// Brings features of different kinds to one scale, such as seconds beside millions of inhabitants: of a value its feature's mean is taken off, and
/// what is left is multiplied by the feature's factor. Means are 0 of features that many documents lack, so that zeros stay zeros.
/// Documents without features stay so.
/// </summary>
internal sealed class FeatureScaling
{
    /// <summary>Features whose mean is not 0, ascending.</summary>
    private readonly int[] _centred;

    /// <param name="means">[features]</param>
    /// <param name="factors">[features]</param>
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

    /// <summary>A document's features on one scale, those of value 0 left out.</summary>
    /// <param name="columns">Ascending.</param>
    /// <param name="toColumns">With <see cref="Room"/> for all.</param>
    /// <param name="toValues">As <paramref name="toColumns"/>.</param>
    /// <returns>How many there are.</returns>
    public int Apply(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> toColumns, Span<float> toValues)
    {
        var (count, next) = (0, 0);
        if (columns.IsEmpty)
            return 0;
        for (var i = 0; i < columns.Length; i++)
        {
            for (; next < _centred.Length && _centred[next] < columns[i]; next++)
                count = Put(_centred[next], 0, count, toColumns, toValues);
            if (next < _centred.Length && _centred[next] == columns[i])
                next++;
            count = Put(columns[i], values[i], count, toColumns, toValues);
        }

        for (; next < _centred.Length; next++)
            count = Put(_centred[next], 0, count, toColumns, toValues);
        return count;
    }

    /// <summary>The documents' features on one scale, as many columns as the scaling has features.</summary>
    public SparseMatrix Apply(SparseMatrix documents)
    {
        var rows = new (int[] Columns, float[] Values)[documents.RowCount];
        int[] columns = [];
        float[] values = [];
        for (var row = 0; row < rows.Length; row++)
        {
            documents.Row(row, out var fromColumns, out var fromValues);
            if (columns.Length < Room(fromColumns.Length))
                (columns, values) = (new int[2 * Room(fromColumns.Length)], new float[2 * Room(fromColumns.Length)]);
            var count = Apply(fromColumns, fromValues, columns, values);
            rows[row] = (columns[..count], values[..count]);
        }

        GC.KeepAlive(documents);
        return SparseMatrix.OfRows(rows, FeatureCount, release: true);
    }

    private int Put(int column, float value, int count, Span<int> toColumns, Span<float> toValues)
    {
        var scaled = (value - Means[column]) * Factors[column];
        if (scaled == 0)
            return count;
        (toColumns[count], toValues[count]) = (column, Math.Clamp(scaled, -float.MaxValue, float.MaxValue));
        return count + 1;
    }
}
