namespace LightDxml.Data.Formats;

/// <summary>Writes a sparse matrix as text: <c>rows columns</c>, then a line of <c>index:value</c> a row; without values every entry is 1.</summary>
internal static class MatrixWriter
{
    public static void Write(SparseMatrix matrix, Stream stream)
    {
        using var writer = new NumberWriter(stream);
        writer.Write(matrix.RowCount);
        writer.Write(' ');
        writer.Write(matrix.ColumnCount);
        writer.Write('\n');
        for (var row = 0; row < matrix.RowCount; row++)
        {
            var columns = matrix.RowColumns(row);
            var values = matrix.RowValues(row);
            for (var i = 0; i < columns.Length; i++)
            {
                if (i > 0)
                    writer.Write(' ');
                writer.WriteEntry(columns[i], values.IsEmpty ? 1 : values[i]);
            }

            writer.Write('\n');
        }
    }
}
