using LightDxml.Data.Numpy;
using LightDxml.Data.Parsing;

namespace LightDxml.Data.Formats;

/// <summary>
/// Reads a sparse matrix: as text, the header, two counts, then a line of <c>index:value</c> a row, a blank line being an empty
/// row until the header's rows are complete; or as Python has it (<see cref="NumpyMatrix"/>). The files of the split format are such.
/// </summary>
internal static class MatrixReader
{
    public static SparseMatrix Read(string path, MatrixKind kind, int threads, ReadLimits limits)
    {
        if (NumpyMatrix.Recognizes(path))
            return NumpyMatrix.ReadMatrix(path, kind);
        using var lines = new LineBlockReader(path, limits);
        var counts = Header.Take(lines, kind.RowName, kind.ColumnName);
        var (rowCount, columnCount) = (counts[0], counts[1]);
        var chunks = ParallelBlocks.Parse(lines, threads, () => new Parser(path, kind, rowCount, columnCount));
        var matrix = MatrixAssembly.Join(chunks, columnCount, limits.MaxBlockNonZeros, threads);
        Header.CheckRowCount(rowCount, matrix.RowCount, lines, kind.RowName);
        return matrix;
    }

    private sealed class Parser(string file, MatrixKind kind, int rowCount, int columnCount) : LineParser<RowChunk>(file)
    {
        private readonly RowCollector _rows = new(kind.KeepsValues);

        protected override void ParseLine(ReadOnlySpan<byte> line, long lineNumber)
        {
            if (!Header.Covers(rowCount, line, lineNumber, File, kind.RowName))
                return;
            var cursor = new LineCursor(line, File, lineNumber);
            while (cursor.SkipBlanks())
            {
                var column = cursor.ReadEntry(kind.IndexName, columnCount, out var value);
                if (kind.KeepsValues || (LabelValue.IsPresent(value) ?? throw cursor.Fault(LabelValue.Fault($"{column}", value))))
                    _rows.Add(column, value);
            }

            var duplicate = _rows.EndRow();
            if (duplicate >= 0)
                throw cursor.Fault($"{kind.IndexName} {duplicate} occurs twice, expected each {kind.IndexName} once per line");
        }

        protected override RowChunk TakeChunk() => _rows.Take();
    }
}
