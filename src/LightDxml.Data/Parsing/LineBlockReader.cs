using LightDxml.Data.Compression;

namespace LightDxml.Data.Parsing;

/// <summary>
/// Cuts a file's decompressed bytes into blocks that end at line ends and counts the lines. A byte-order mark is dropped.
/// Not thread-safe: parsing threads take turns, which also keeps decompression in one thread at a time.
/// </summary>
internal sealed class LineBlockReader : IDisposable
{
    private const int FirstBytes = 1 << 14;
    private readonly Stream _stream;
    private readonly ReadLimits _limits;
    private readonly LineBlock _rest = new();
    private bool _ended;
    private Exception? _readFault;

    /// <param name="path">The file as the user named it; messages repeat it.</param>
    /// <exception cref="LightDxmlException">The file is missing or cannot be read.</exception>
    /// <exception cref="DataFormatException">The file is empty.</exception>
    public LineBlockReader(string path, ReadLimits limits)
        : this(CompressedFile.OpenRead(path), path, limits)
    {
    }

    /// <param name="stream">Plain bytes; disposed with the reader.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataFormatException">The stream is empty.</exception>
    public LineBlockReader(Stream stream, string name, ReadLimits limits)
    {
        File = name;
        _limits = limits;
        _stream = stream;
        try
        {
            ReadFirstLine();
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    public string File { get; }

    /// <summary>The number of the next line to be read, counted from 1; after the last block, one more than the file's lines.</summary>
    public long NextLine { get; private set; } = 1;

    /// <summary>The index that the next block will get.</summary>
    public int NextIndex { get; private set; }

    /// <summary>The file's first line without its end. Valid until the first block is read.</summary>
    public ReadOnlySpan<byte> FirstLine
    {
        get
        {
            var end = _rest.Bytes.IndexOf((byte)'\n');
            return LineText.WithoutReturn(end < 0 ? _rest.Bytes : _rest.Bytes[..end]);
        }
    }

    /// <summary>Leaves the first line out of the blocks: it was a header.</summary>
    public void SkipFirstLine()
    {
        var end = _rest.Bytes.IndexOf((byte)'\n');
        Drop(end < 0 ? _rest.Length : end + 1);
        NextLine = 2;
    }

    /// <summary>Fills a block with the next whole lines, or returns false at the end.</summary>
    /// <exception cref="DataFormatException">The compressed data are truncated or corrupt, or a line is too long. Every complete line before was given.</exception>
    public bool TryRead(LineBlock block)
    {
        EnsureCapacity(block, Math.Max(Math.Min(_limits.BlockBytes, FirstBytes), _rest.Length), keep: 0);
        _rest.Bytes.CopyTo(block.Buffer);
        block.Length = _rest.Length;
        _rest.Length = 0;

        var lineEnd = FillToLineEnd(block);
        if (lineEnd == 0)
        {
            if (_readFault is not null)
                throw Describe(_readFault);
            return false;
        }

        if (_readFault is null)
        {
            EnsureCapacity(_rest, block.Length - lineEnd, keep: 0);
            block.Bytes[lineEnd..].CopyTo(_rest.Buffer);
            _rest.Length = block.Length - lineEnd;
        }

        block.Length = lineEnd;
        block.Index = NextIndex++;
        block.FirstLine = NextLine;
        NextLine += block.Bytes.Count((byte)'\n') + (block.Bytes[^1] == '\n' ? 0 : 1);
        return true;
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>Reads until the buffer is full and holds a line end, or the input ends.</summary>
    /// <returns>The length of the whole lines, 0 where there are none.</returns>
    private int FillToLineEnd(LineBlock block)
    {
        // How far a block goes follows from the file alone: its buffer may be larger, of a long line that it held before.
        var most = Math.Max(_limits.BlockBytes, block.Length);
        while (true)
        {
            while (!_ended && block.Length < most)
            {
                // A small input needs no large block.
                if (block.Length == block.Buffer.Length)
                    EnsureCapacity(block, (int)Math.Min(block.Length * 2L, most), keep: block.Length);
                ReadSome(block, Math.Min(most, block.Buffer.Length));
            }

            if (_ended && _readFault is null)
                return block.Length;
            var lineEnd = block.Bytes.LastIndexOf((byte)'\n') + 1;
            if (lineEnd > 0 || _ended)
                return lineEnd;
            most = Larger(most);
        }
    }

    /// <summary>The first line decides the format, so it is at hand before any block. Small reads keep the first block near its size.</summary>
    private void ReadFirstLine()
    {
        EnsureCapacity(_rest, Math.Min(_limits.BlockBytes, FirstBytes), keep: 0);
        while (!_ended && _rest.Length < 3)
        {
            if (_rest.Length == _rest.Buffer.Length)
                EnsureCapacity(_rest, Larger(_rest.Length), keep: _rest.Length);
            ReadSome(_rest, _rest.Buffer.Length);
        }

        if (_rest.Bytes.StartsWith("\uFEFF"u8))
            Drop(3);
        while (!_ended && !_rest.Bytes.Contains((byte)'\n'))
        {
            if (_rest.Length == _rest.Buffer.Length)
                EnsureCapacity(_rest, Larger(_rest.Length), keep: _rest.Length);
            ReadSome(_rest, _rest.Buffer.Length);
        }

        if (_readFault is not null && !_rest.Bytes.Contains((byte)'\n'))
            throw Describe(_readFault);
        if (_rest.Length == 0)
            throw new DataFormatException(File, 0, "the file is empty");
    }

    private void ReadSome(LineBlock block, int end)
    {
        try
        {
            var read = _stream.Read(block.Buffer, block.Length, end - block.Length);
            block.Length += read;
            _ended = read == 0;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // Lines read so far come first: a bad one among them is the first fault of the file.
            _readFault = exception;
            _ended = true;
        }
    }

    private LightDxmlException Describe(Exception readFault) => readFault is InvalidDataException
        ? new DataFormatException(File, NextLine, readFault.Message)
        : new LightDxmlException($"{File}: cannot be read: {readFault.Message}", readFault);

    /// <summary>Room for a line that is longer than this.</summary>
    private int Larger(int length) => length < _limits.MaxLineBytes
        ? (int)Math.Min(length * 2L, _limits.MaxLineBytes)
        : throw new DataFormatException(File, NextLine, $"the line is longer than {_limits.MaxLineBytes} bytes, the most that is read");

    private void Drop(int count)
    {
        _rest.Bytes[count..].CopyTo(_rest.Buffer);
        _rest.Length -= count;
    }

    private static void EnsureCapacity(LineBlock block, int capacity, int keep)
    {
        if (block.Buffer.Length >= capacity)
            return;
        var larger = GC.AllocateUninitializedArray<byte>(capacity);
        block.Buffer.AsSpan(0, keep).CopyTo(larger);
        block.Buffer = larger;
    }
}
