using LightDxml.Text.Terms;

namespace LightDxml.Text.Vectors;

/// <summary>Makes the row of one text after the other: its terms and, where there is an encoder, its vector. One thread at a time.</summary>
internal sealed class TextRow(RowWeights terms, ITextEncoder? encoder, int firstColumn)
{
    private readonly float[] _vector = new float[encoder?.Dimension ?? 0];
    private int[] _columns = [];
    private float[] _values = [];

    /// <summary>The row of a document, valid until the next one; without an encoder it allocates nothing once documents as long have been seen.</summary>
    public SparseRow Row(ReadOnlySpan<byte> title, ReadOnlySpan<byte> text)
    {
        var row = terms.Row(title, text);
        if (encoder is null)
            return row;
        encoder.Encode(title.IsEmpty ? text : VectorJoin.TextOf(title, text), _vector);
        var length = JoinedRow.Length(row.Columns.Length, _vector);
        if (_columns.Length < length)
            (_columns, _values) = (new int[2 * length], new float[2 * length]);
        var columns = _columns.AsSpan(0, length);
        var values = _values.AsSpan(0, length);
        JoinedRow.Write(row, _vector, firstColumn, columns, values);
        return new SparseRow(columns, values);
    }
}
