using System.IO.Hashing;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;
using LightDxml.Storage;

namespace LightDxml.Data.Cache;

/// <summary>Maps a cached data set into memory, after it has checked every size, offset, column and value: one pass over the file.</summary>
internal sealed class CacheReader
{
    private readonly string _path;
    private readonly MappedFile _file;
    private readonly CacheHeader _header;

    private CacheReader(string path)
    {
        _path = path;
        _file = new MappedFile(path);
        _header = One<CacheHeader>(0);
        if (_header.Magic != CacheHeader.ExpectedMagic)
            throw Damaged("it does not begin like a cached data set");
        if (_header.Version != CacheHeader.CurrentVersion)
            throw new LightDxmlException($"{path}: version {_header.Version} is not {CacheHeader.CurrentVersion}, the one that this program reads; convert the data again.");
        if (_header.FileLength != _file.Length)
            throw Damaged($"it has {_file.Length} bytes, but was written with {_header.FileLength}");
        if (Math.Min(_header.PointCount, _header.PieceCount) < 0 || Math.Max(_header.PointCount, _header.PieceCount) >= int.MaxValue
            || Math.Min(_header.FeatureCount, _header.LabelCount) < 0 || Math.Max(_header.FeatureCount, _header.LabelCount) > int.MaxValue)
        {
            throw Damaged("its counts are out of range");
        }
    }

    /// <summary>Whether a file begins like a cached data set.</summary>
    public static bool Recognizes(string path)
    {
        if (!File.Exists(path))
            return false;
        using var file = File.OpenHandle(path);
        Span<byte> start = stackalloc byte[sizeof(ulong)];
        return RandomAccess.Read(file, start, 0) == start.Length && MemoryMarshal.Read<ulong>(start) == CacheHeader.ExpectedMagic;
    }

    /// <exception cref="LightDxmlException">The file cannot be read, is damaged, or is of another version.</exception>
    public static Dataset Read(string path, int threads) => new CacheReader(path).Read(threads);

    /// <summary>Compares the file with its checksum.</summary>
    /// <returns>False where it has none, as an earlier version wrote it.</returns>
    /// <exception cref="LightDxmlException">The file cannot be read, or is not what was written.</exception>
    public static bool Verify(string path)
    {
        var cache = new CacheReader(path);
        var header = cache._header;
        var hash = new XxHash128();
        using var file = File.OpenRead(path);
        if (header.FileLength < Marshal.SizeOf<CacheHeader>() + CacheHeader.ChecksumBytes || cache.Items<ulong>(header.FileLength - sizeof(ulong), 1).Span[0] != CacheHeader.ChecksumMagic)
        {
            var names = header.DirectoryOffset + 2 * (header.PointCount + 1) * sizeof(long) + header.PieceCount * Marshal.SizeOf<CachePiece>();
            return names + (header.NameBytes + 7) / 8 * 8 == header.FileLength ? false : throw cache.Damaged("its end is not what was written");
        }

        var piece = new byte[1 << 20];
        file.Position = Marshal.SizeOf<CacheHeader>();
        for (var left = header.FileLength - CacheHeader.ChecksumBytes - file.Position; left > 0;)
        {
            var part = piece.AsSpan(0, (int)Math.Min(left, piece.Length));
            file.ReadExactly(part);
            hash.Append(part);
            left -= part.Length;
        }

        var stored = piece.AsSpan(0, Checksum.Length);
        file.ReadExactly(stored);
        hash.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<CacheHeader>(in header)));
        return hash.GetCurrentHash().AsSpan().SequenceEqual(stored) ? true : throw cache.Damaged("its bytes are not what was written");
    }

    private Dataset Read(int threads)
    {
        var points = (int)_header.PointCount;
        var offsets = _header.DirectoryOffset;
        var featureOffsets = Offsets(ref offsets, points);
        var labelOffsets = Offsets(ref offsets, points);
        var pieces = Items<CachePiece>(offsets, _header.PieceCount).Span;
        var names = Items<byte>(offsets + pieces.Length * (long)Marshal.SizeOf<CachePiece>(), _header.NameBytes).Span;
        var features = new List<SparseMatrix.Block>();
        var labels = new List<SparseMatrix.Block>();
        for (var p = 0; p < pieces.Length; p++)
        {
            var (first, end) = (pieces[p].FirstPoint, p + 1 < pieces.Length ? pieces[p + 1].FirstPoint : points);
            if (first < 0 || first >= end || end > points || (p == 0 && first != 0))
                throw Damaged($"piece {p} starts at document {first}");
            var featureCount = featureOffsets.Span[(int)end] - featureOffsets.Span[(int)first];
            var labelCount = labelOffsets.Span[(int)end] - labelOffsets.Span[(int)first];
            features.Add(new SparseMatrix.Block((int)first, Items<int>(pieces[p].FeatureColumns, featureCount), Items<float>(pieces[p].FeatureValues, featureCount)));
            labels.Add(new SparseMatrix.Block((int)first, Items<int>(pieces[p].LabelColumns, labelCount), default));
        }

        if (pieces.Length == 0 && points > 0)
            throw Damaged("it has documents, but no pieces");
        var dataset = new Dataset(
            Path.GetFileName(_path),
            SparseMatrix.OfChecked(points, (int)_header.FeatureCount, featureOffsets, Filled(features)),
            SparseMatrix.OfChecked(points, (int)_header.LabelCount, labelOffsets, Filled(labels)))
        {
            LabelNames = NamesOf(names),
        };
        Check(dataset.Features, "feature", threads);
        Check(dataset.Labels, "label", threads);
        return dataset;
    }

    private static List<SparseMatrix.Block> Filled(List<SparseMatrix.Block> blocks) => blocks.Count > 0 ? blocks : [new SparseMatrix.Block(0, default, default)];

    private string[]? NamesOf(ReadOnlySpan<byte> names)
    {
        if (names.IsEmpty)
            return null;
        var lines = Encoding.UTF8.GetString(names).Split('\n');
        return lines.Length == _header.LabelCount + 1 ? lines[..^1] : throw Damaged($"it has {lines.Length - 1} names for {_header.LabelCount} labels");
    }

    private ReadOnlyMemory<long> Offsets(ref long start, int points)
    {
        var offsets = Items<long>(start, points + 1L);
        start += (points + 1L) * sizeof(long);
        var span = offsets.Span;
        var ascend = span[0] == 0;
        for (var point = 0; point < points; point++)
            ascend &= span[point + 1] >= span[point] && span[point + 1] - span[point] <= int.MaxValue;
        return ascend ? offsets : throw Damaged("its offsets do not ascend");
    }

    // Kernels trust columns; a damaged file must not reach them.
    private void Check(SparseMatrix matrix, string noun, int threads) => RowRanges.ForEach(matrix.RowCount, grain: 4096, threads, (first, end) =>
    {
        for (var row = first; row < end; row++)
        {
            var columns = matrix.RowColumns(row);
            var last = -1;
            foreach (var column in columns)
            {
                if (column <= last)
                    throw Damaged($"the {noun}s of document {row} do not ascend");
                last = column;
            }

            if (last >= matrix.ColumnCount)
                throw Damaged($"{noun} {last} of document {row} is not below {matrix.ColumnCount}");
            // Of an empty span IsFiniteAll is false.
            if (matrix.HasValues && !columns.IsEmpty && !TensorPrimitives.IsFiniteAll(matrix.RowValues(row)))
                throw Damaged($"a value of document {row} is not finite");
        }
    });

    private T One<T>(long offset)
        where T : unmanaged => Items<T>(offset, 1).Span[0];

    private ReadOnlyMemory<T> Items<T>(long offset, long count)
        where T : unmanaged
    {
        var bytes = count <= int.MaxValue ? count * Marshal.SizeOf<T>() : long.MaxValue;
        return offset >= 0 && count >= 0 && offset % 8 == 0 && bytes <= _file.Length - offset
            ? _file.Items<T>(offset, (int)count)
            : throw Damaged($"{count} items of {Marshal.SizeOf<T>()} bytes at {offset} are not within its {_file.Length} bytes");
    }

    private LightDxmlException Damaged(string fault) => new($"{_path}: not a whole cached data set: {fault}.");
}
