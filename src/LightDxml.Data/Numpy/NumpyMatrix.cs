using System.IO.Compression;
using LightDxml.Data.Formats;
using LightDxml.Data.Parsing;

namespace LightDxml.Data.Numpy;

/// <summary>Reads and writes matrices as Python has them: <c>.npz</c> of SciPy, compressed rows, and dense <c>.npy</c>.</summary>
internal static class NumpyMatrix
{
    private static ReadOnlySpan<byte> ZipMagic => "PK\u0003\u0004"u8;

    /// <summary>Whether a file begins as one of the two forms.</summary>
    /// <exception cref="LightDxmlException">It is an archive of other files.</exception>
    public static bool Recognizes(string path)
    {
        if (!File.Exists(path))
            return false;
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[6];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (!start[..length].StartsWith(ZipMagic))
            return start[..length].SequenceEqual(NpyArray.Magic);
        if (!HoldsArrays(file))
            throw new LightDxmlException($"{path}: it is a zip archive without .npy files, and those of SciPy's .npz alone are read. Unpack it, or save a spreadsheet (.xlsx, .ods) as CSV.");
        return true;
    }

    /// <summary>Whether a zip archive may be one of NumPy; a damaged one may, and its reader says what is wrong.</summary>
    private static bool HoldsArrays(FileStream file)
    {
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            return archive.Entries.Any(entry => entry.Name.EndsWith(".npy", StringComparison.Ordinal));
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    /// <summary>The rows of a file; those of scores keep the order of the file.</summary>
    /// <exception cref="LightDxmlException">The file is no matrix, or an entry is out of place.</exception>
    public static (RowChunk Rows, int RowCount, int ColumnCount) Read(string path, MatrixKind kind, bool keepsOrder = false)
    {
        try
        {
            using var file = File.OpenRead(path);
            var start = new byte[4];
            file.ReadExactly(start);
            file.Position = 0;
            if (!start.AsSpan().SequenceEqual(ZipMagic))
                return Dense(NpyArray.Read(file, path), path, kind);
            using var archive = new ZipArchive(file, ZipArchiveMode.Read);
            return Compressed(archive, path, kind, keepsOrder);
        }
        catch (InvalidDataException fault)
        {
            throw new LightDxmlException($"{path}: the archive is damaged: {fault.Message}", fault);
        }
    }

    /// <inheritdoc cref="Read(string, MatrixKind, bool)"/>
    public static SparseMatrix ReadMatrix(string path, MatrixKind kind)
    {
        var (rows, _, columnCount) = Read(path, kind);
        return MatrixAssembly.Join([rows], columnCount, ReadLimits.Default.MaxBlockNonZeros, threads: 1);
    }

    private static (RowChunk, int, int) Compressed(ZipArchive archive, string path, MatrixKind kind, bool keepsOrder)
    {
        var format = Array("format").Text();
        if (format != "csr")
            throw new LightDxmlException($"{path}: found a matrix of the format '{format}', expected 'csr'; tocsr() of SciPy makes one.");
        var (shape, offsets, columns, values) = (Array("shape"), Array("indptr"), Array("indices"), Array("data"));
        if (shape.Length != 2 || !shape.IsWhole || !offsets.IsWhole || !columns.IsWhole || !values.IsNumber)
            throw new LightDxmlException($"{path}: found no matrix of two sides, with whole numbers in indptr and indices and numbers in data.");
        var (rowCount, columnCount) = (Side(shape.Whole(0)), Side(shape.Whole(1)));
        if (offsets.Length != rowCount + 1L || offsets.Whole(0) != 0 || columns.Length != values.Length || offsets.Whole(rowCount) > columns.Length)
            throw new LightDxmlException($"{path}: indptr, indices and data do not fit {rowCount} rows.");
        var rows = new Rows(kind, keepsOrder);
        for (var row = 0; row < rowCount; row++)
        {
            var (from, to) = (offsets.Whole(row), offsets.Whole(row + 1));
            if (to < from || to > columns.Length)
                throw new LightDxmlException($"{path}: row {row} ends at entry {to}, before it starts, at {from}.");
            for (var entry = from; entry < to; entry++)
            {
                var column = columns.Whole(entry);
                if (column < 0 || column >= columnCount)
                    throw new LightDxmlException($"{path}: row {row} has the {kind.IndexName} {column}, which is not below the {kind.IndexName} count {columnCount}.");
                rows.Add((int)column, values.Number(entry), row, path);
            }

            rows.End(row, path);
        }

        return (rows.Take(), rowCount, columnCount);

        NpyArray Array(string name)
        {
            var entry = archive.GetEntry($"{name}.npy") ?? throw new LightDxmlException(
                $"{path}: found {string.Join(", ", archive.Entries.Take(5).Select(other => other.Name))}, expected a sparse matrix that scipy.sparse.save_npz wrote: {name}.npy is missing.");
            using var stream = entry.Open();
            return NpyArray.Read(stream, $"{path}, {name}.npy");
        }

        int Side(long side) => side is >= 0 and < int.MaxValue ? (int)side : throw new LightDxmlException($"{path}: found a matrix with a side of {side}, expected at most {int.MaxValue - 1}.");
    }

    private static (RowChunk, int, int) Dense(NpyArray array, string path, MatrixKind kind)
    {
        if (array.Shape.Count != 2)
            throw new LightDxmlException($"{path}: found an array of {array.Shape.Count} dimensions, expected 2: documents and {kind.IndexName}s.");
        if (!array.IsNumber)
            throw new LightDxmlException($"{path}: found an array of text, expected numbers.");
        var (rowCount, columnCount) = ((int)array.Shape[0], (int)array.Shape[1]);
        if (columnCount == 0)
            throw new LightDxmlException($"{path}: found an array of {rowCount:N0} rows without columns.");
        var rows = new Rows(kind, keepsOrder: false);
        for (var row = 0; row < rowCount; row++)
        {
            for (var column = 0; column < columnCount; column++)
            {
                if (array.Number((long)row * columnCount + column) is not 0 and var value)
                    rows.Add(column, value, row, path);
            }

            rows.End(row, path);
        }

        return (rows.Take(), rowCount, columnCount);
    }

    /// <summary>Rows as they are found, checked.</summary>
    private sealed class Rows(MatrixKind kind, bool keepsOrder)
    {
        private readonly RowCollector _sorted = new(kind.KeepsValues);
        private readonly List<int> _lengths = [];
        private readonly List<int> _columns = [];
        private readonly List<float> _values = [];
        private readonly HashSet<int> _row = [];

        public void Add(int column, float value, int row, string path)
        {
            if (!kind.KeepsValues && !(LabelValue.IsPresent(value) ?? throw new LightDxmlException($"{path}: in row {row} {LabelValue.Fault($"{column}", value)}.")))
                return;
            if (!float.IsFinite(value))
                throw new LightDxmlException($"{path}: row {row} has the {kind.IndexName} {column} with the value {value}, expected a finite number.");
            if (!keepsOrder)
            {
                _sorted.Add(column, value);
                return;
            }

            if (!_row.Add(column))
                throw Twice(column, row, path);
            _columns.Add(column);
            _values.Add(value);
        }

        public void End(int row, string path)
        {
            if (!keepsOrder && _sorted.EndRow() is >= 0 and var twice)
                throw Twice(twice, row, path);
            _lengths.Add(_row.Count);
            _row.Clear();
        }

        public RowChunk Take() => keepsOrder ? new RowChunk([.. _lengths], [.. _columns], [.. _values], MaxColumn: -1) : _sorted.Take();

        private LightDxmlException Twice(int column, int row, string path) => new($"{path}: row {row} has the {kind.IndexName} {column} twice.");
    }
}
