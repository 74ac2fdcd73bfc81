using LightDxml.Data;
using LightDxml.Text.Terms;
using LightDxml.Text.Vectors;

namespace LightDxml.Inference;

/// <summary>The two parts of a document's row: its terms, and the vector of its text, which stays what it is when a term is left out.</summary>
internal sealed class RowParts
{
    private readonly int _termCount;
    private readonly float[] _vector;

    /// <param name="row">[1, features].</param>
    /// <param name="termCount">Features that are terms.</param>
    public RowParts(SparseMatrix row, int termCount)
    {
        _termCount = termCount;
        _vector = [.. row.RowColumns(0).ToArray().Zip(row.RowValues(0).ToArray()).Where(entry => entry.First >= termCount).Select(entry => entry.Second)];
        Terms = _vector.Length == 0 ? row : UnitRows.Of(row.WithColumns(column => column < termCount ? column : -1, row.ColumnCount));
        if (Terms.RowLength(0) > 0)
            System.Numerics.Tensors.TensorPrimitives.Multiply(_vector, MathF.Sqrt(2), _vector);
    }

    /// <summary>[1, features] the terms alone, of unit length.</summary>
    public SparseMatrix Terms { get; }

    public bool HasVector => _vector.Length > 0;

    /// <summary>The rows of other terms, each with the vector.</summary>
    /// <param name="terms">[rows, features], of unit length.</param>
    public SparseMatrix Join(SparseMatrix terms) => !HasVector ? terms : SparseMatrix.OfRows([.. Enumerable.Range(0, terms.RowCount).Select(row => Join(terms, row))], terms.ColumnCount);

    private (int[] Columns, float[] Values) Join(SparseMatrix terms, int row)
    {
        terms.Row(row, out var columns, out var values);
        var length = JoinedRow.Length(columns.Length, _vector);
        var joined = (Columns: new int[length], Values: new float[length]);
        JoinedRow.Write(new SparseRow(columns, values), _vector, _termCount, joined.Columns, joined.Values);
        return joined;
    }
}
