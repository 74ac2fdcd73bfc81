using LightDxml.Data.Cache;

namespace LightDxml.TextEncoding;

/// <summary>
/// The text vectors of one encoder in a file that only grows. A process that is killed while it appends leaves part of a record at
/// the end, which is not read and which the next to append cuts off. Any other damage is refused.
/// </summary>
internal sealed class VectorCache
{
    private readonly string _path;
    private readonly byte[] _header;
    private readonly int _dimension;
    private readonly int _recordBytes;
    private readonly Dictionary<UInt128, long> _records = [];
    private MappedFile? _file;

    /// <param name="folder">Made if it is missing.</param>
    /// <exception cref="LightDxmlException">The folder cannot be made, or the file is no cache of this encoder.</exception>
    public VectorCache(string folder, string name, string fingerprint, int dimension)
    {
        _dimension = dimension;
        _recordBytes = VectorRecord.Bytes(dimension);
        _header = VectorRecord.Header(dimension, fingerprint);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new LightDxmlException($"{folder}: the folder for text vectors cannot be made: {exception.Message}", exception);
        }

        _path = Path.Combine(folder, $"{name}-{fingerprint[..16]}.vectors");
        Map();
    }

    /// <summary>Texts whose vector is here.</summary>
    public int Count => _records.Count;

    /// <summary>The file.</summary>
    public string FileName => _path;

    /// <exception cref="LightDxmlException">The record is damaged.</exception>
    public bool TryGet(UInt128 key, Span<float> vector)
    {
        if (!_records.TryGetValue(key, out var offset))
            return false;
        var record = _file!.Items<byte>(offset, _recordBytes).Span;
        if (VectorRecord.ReadKey(record) != key || !VectorRecord.TryRead(record, vector))
            throw Fault($"the record at byte {offset} is damaged");
        GC.KeepAlive(_file);
        return true;
    }

    /// <summary>Appends vectors, and reads them from now on. Where another process is appending, these are left out.</summary>
    /// <param name="vectors">One vector a key, one after the other.</param>
    /// <exception cref="LightDxmlException">The file cannot be written.</exception>
    public void Append(ReadOnlySpan<UInt128> keys, ReadOnlySpan<float> vectors)
    {
        var bytes = new byte[(long)keys.Length * _recordBytes];
        for (var i = 0; i < keys.Length; i++)
            VectorRecord.Write(keys[i], vectors.Slice(i * _dimension, _dimension), bytes.AsSpan(i * _recordBytes, _recordBytes));
        try
        {
            using var stream = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            if (stream.Length < VectorRecord.HeaderBytes)
            {
                stream.SetLength(0);
                stream.Write(_header);
            }

            stream.SetLength(WholeRecords(stream.Length));
            stream.Seek(0, SeekOrigin.End);
            stream.Write(bytes);
        }
        catch (IOException exception) when (IsInUse(exception))
        {
            return;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"{_path}: text vectors cannot be written: {exception.Message}", exception);
        }

        Map();
    }

    private long WholeRecords(long length) => length - (length - VectorRecord.HeaderBytes) % _recordBytes;

    /// <summary>Whether another process has the file open: ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows, EWOULDBLOCK of Linux and of macOS.</summary>
    private static bool IsInUse(IOException exception) => (exception.HResult & 0xFFFF) is 32 or 33 or 11 or 35;

    /// <summary>Reads what the file has by now. While another process is appending, what was read before is all there is.</summary>
    private void Map()
    {
        if (!File.Exists(_path) || new FileInfo(_path).Length == 0)
            return;
        MappedFile file;
        try
        {
            file = new MappedFile(_path);
        }
        catch (LightDxmlException exception) when (exception.InnerException is IOException inner && IsInUse(inner))
        {
            return;
        }

        if (IsAnother(file))
            _records.Clear();
        var first = _records.Count == 0 ? VectorRecord.HeaderBytes : WholeRecords(_file!.Length);

        // A file shorter than its header is what is left of a process killed while it began one.
        var header = (int)Math.Min(VectorRecord.HeaderBytes, file.Length);
        if (!file.Items<byte>(0, header).Span.SequenceEqual(_header.AsSpan(0, header)))
            throw Fault("it is not a cache of text vectors of this encoder");
        if (header < VectorRecord.HeaderBytes)
            return;
        var end = WholeRecords(file.Length);
        for (var offset = first; offset < end; offset += _recordBytes)
            _records[VectorRecord.ReadKey(file.Items<byte>(offset, VectorRecord.KeyBytes).Span)] = offset;
        GC.KeepAlive(file);
        _file = file;
    }

    /// <summary>Whether somebody has deleted the file that the records are of: the one that is there is shorter, or has another record at its start.</summary>
    private bool IsAnother(MappedFile file)
    {
        if (_records.Count == 0)
            return false;
        var (key, place) = _records.First();
        return file.Length < _file!.Length || VectorRecord.ReadKey(file.Items<byte>(place, VectorRecord.KeyBytes).Span) != key;
    }

    private LightDxmlException Fault(string what) => new($"{_path}: {what}. Delete the file: what it kept is computed anew.");
}
