using LightDxml.Data.Parsing;

namespace LightDxml.Text.Terms;

/// <summary>Turns the columns of a document into a row: tf · idf, scaled to unit length. One thread at a time.</summary>
/// <param name="inverseDocumentFrequencies">[features].</param>
/// <param name="titleWeight">What is added to a term's tf for each tf that it has in the title.</param>
internal sealed class RowWeights(ITermColumns terms, float[] inverseDocumentFrequencies, bool sublinear, double titleWeight)
{
    private readonly int[] _counts = new int[inverseDocumentFrequencies.Length];
    private readonly int[] _titleCounts = new int[titleWeight > 0 ? inverseDocumentFrequencies.Length : 0];
    private int[] _columns = new int[256];
    private double[] _weights = new double[256];
    private float[] _values = new float[256];

    /// <summary>Adds the row of a document, its columns ascending; sums run in that order, so a row's bits depend on its document alone.</summary>
    public void Add(ReadOnlySpan<byte> title, ReadOnlySpan<byte> text, RowCollector rows)
    {
        var (columns, values) = Row(title, text);
        for (var i = 0; i < columns.Length; i++)
            rows.Add(columns[i], values[i]);
        rows.EndRow();
    }

    /// <summary>The row of a document, valid until the next one; allocates nothing once documents as long have been seen.</summary>
    public SparseRow Row(ReadOnlySpan<byte> title, ReadOnlySpan<byte> text)
    {
        var occurrences = terms.Of(title, text);
        if (_columns.Length < occurrences.Length)
        {
            _columns = new int[occurrences.Length * 2];
            _weights = new double[occurrences.Length * 2];
            _values = new float[occurrences.Length * 2];
        }

        var distinct = 0;
        foreach (var column in occurrences)
        {
            // A weight of zero marks columns of no training document, or of too few.
            if (inverseDocumentFrequencies[column] != 0 && _counts[column]++ == 0)
                _columns[distinct++] = column;
        }

        if (titleWeight > 0)
        {
            foreach (var column in terms.OfTitle)
                _titleCounts[column]++;
        }

        var columns = _columns.AsSpan(0, distinct);
        columns.Sort();
        var squares = 0.0;
        for (var i = 0; i < distinct; i++)
        {
            ref var count = ref _counts[columns[i]];
            var frequency = Frequency(count);
            count = 0;
            if (titleWeight > 0)
                frequency += titleWeight * Frequency(_titleCounts[columns[i]]);
            var weight = frequency * (double)inverseDocumentFrequencies[columns[i]];
            _weights[i] = weight;
            squares += weight * weight;
        }

        if (titleWeight > 0)
        {
            foreach (var column in terms.OfTitle)
                _titleCounts[column] = 0;
        }

        var scale = squares > 0 ? 1 / Math.Sqrt(squares) : 0;
        for (var i = 0; i < distinct; i++)
            _values[i] = (float)(_weights[i] * scale);
        return new SparseRow(columns, _values.AsSpan(0, distinct));
    }

    private double Frequency(int count) => sublinear ? Logarithms.Sublinear(count) : count;

    /// <summary>1 + ln(count), and 0 of 0, from a table for the counts that are usual.</summary>
    private static class Logarithms
    {
        private static readonly double[] Table = [.. Enumerable.Range(0, 256).Select(count => count == 0 ? 0 : 1 + Math.Log(count))];

        public static double Sublinear(int count) => count < Table.Length ? Table[count] : 1 + Math.Log(count);
    }
}

/// <summary>One row of a sparse matrix: its columns, ascending, and as many values.</summary>
internal readonly ref struct SparseRow(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
{
    public ReadOnlySpan<int> Columns { get; } = columns;

    public ReadOnlySpan<float> Values { get; } = values;

    public void Deconstruct(out ReadOnlySpan<int> columns, out ReadOnlySpan<float> values)
    {
        columns = Columns;
        values = Values;
    }
}
