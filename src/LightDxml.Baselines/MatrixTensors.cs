using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Baselines;

/// <summary>Sparse matrices in a model folder.</summary>
internal static class MatrixTensors
{
    /// <exception cref="LightDxmlException">The matrix has more entries than one tensor of a baseline holds.</exception>
    public static void Add(SafetensorsWriter writer, string prefix, SparseMatrix matrix)
    {
        if (matrix.NonZeroCount > Array.MaxLength)
            throw new LightDxmlException($"{matrix.NonZeroCount} entries are more than this model can hold.");
        var offsets = new int[matrix.RowCount + 1];
        var columns = new int[matrix.NonZeroCount];
        var values = matrix.HasValues ? new float[matrix.NonZeroCount] : [];
        for (var row = 0; row < matrix.RowCount; row++)
        {
            offsets[row + 1] = offsets[row] + matrix.RowLength(row);
            matrix.RowColumns(row).CopyTo(columns.AsSpan(offsets[row]));
            matrix.RowValues(row).CopyTo(values.AsSpan(matrix.HasValues ? offsets[row] : 0));
        }

        writer.Add<int>(prefix + "offsets", TensorType.I32, [offsets.Length], offsets);
        writer.Add<int>(prefix + "columns", TensorType.I32, [columns.Length], columns);
        if (matrix.HasValues)
            writer.Add<float>(prefix + "values", TensorType.F32, [values.Length], values);
    }

    /// <exception cref="LightDxmlException">The tensors are not those of such a matrix.</exception>
    public static SparseMatrix Read(SafetensorsFile file, string prefix, int columnCount, bool hasValues)
    {
        var offsets = Array.ConvertAll(TensorReading.Offsets(file, prefix + "offsets", -1).ToArray(), offset => (long)offset);
        var columns = TensorReading.Ints(file, prefix + "columns", offsets[^1], 0, columnCount);
        var span = columns.Span;
        for (var row = 0; row + 1 < offsets.Length; row++)
        {
            for (var i = (int)offsets[row] + 1; i < offsets[row + 1]; i++)
            {
                if (span[i] <= span[i - 1])
                    throw new LightDxmlException($"{file.Path}: the columns of row {row} in '{prefix}columns' do not ascend.");
            }
        }

        var values = hasValues ? TensorReading.Floats(file, prefix + "values", columns.Length) : default;
        return new SparseMatrix(offsets.Length - 1, columnCount, offsets, [new SparseMatrix.Block(0, columns, values)]);
    }
}
