using System.Text.Unicode;
using LightDxml.Data.Parsing;

namespace LightDxml.Text.Reading;

/// <summary>
/// Cuts delimited text into records and their values. A value that starts with the quote ends at the next single one, so it may hold
/// delimiters and line ends; anywhere else quotes are text. A record that cannot be read costs its first line and no other.
/// </summary>
/// <param name="lines">Disposed with the reader.</param>
/// <param name="quote">0 where quotes are text like any other.</param>
internal sealed class CsvRecordReader(LineBlockReader lines, byte delimiter, byte quote) : IDisposable
{
    private const string Unquoted = "--quote none reads quotes as text";

    private readonly List<Value> _values = [];
    private readonly LineBlock _block = new();
    private byte[] _unquoted = new byte[1 << 10];
    private int _unquotedLength;
    private int _next;
    private long _nextLine;
    private bool _isUtf8;
    private bool _isAtEnd;

    /// <summary>A value that goes on over lines for longer was not meant to be quoted, or is not read.</summary>
    internal int MaxQuotedBytes { get; init; } = 64 << 20;

    /// <summary>The number of columns that records should have; 0 where that is not known yet.</summary>
    public int ColumnCount { get; set; }

    public int Count => _values.Count;

    /// <summary>The line that the record starts at, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>What is wrong with the record, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether the fault is one of quotes.</summary>
    public bool IsFaultOfQuotes { get; private set; }

    /// <summary>Whether the record's last quote is never closed.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Values of the record that were in quotes.</summary>
    public int QuotedCount { get; private set; }

    public ReadOnlySpan<byte> this[int column] => _values[column] is var value && value.IsUnquoted
        ? _unquoted.AsSpan(value.Start, value.Length)
        : _block.Buffer.AsSpan(value.Start, value.Length);

    /// <returns>Whether there was a record. Blank lines are none.</returns>
    public bool TryRead()
    {
        while (true)
        {
            if (_next == _block.Length && !LoadBlock())
                return false;
            if (_block.Bytes[_next] == '\n' || _block.Bytes[_next..].StartsWith("\r\n"u8))
            {
                _next += _block.Bytes[_next] == '\n' ? 1 : 2;
                _nextLine++;
                continue;
            }

            ReadRecord();
            return true;
        }
    }

    public void Dispose() => lines.Dispose();

    private bool LoadBlock()
    {
        if (_isAtEnd || !lines.TryRead(_block))
        {
            _isAtEnd = true;
            (_next, _block.Length) = (0, 0);
            return false;
        }

        (_next, _nextLine) = (0, _block.FirstLine);
        _isUtf8 = Utf8.IsValid(_block.Bytes);
        return true;
    }

    private void ReadRecord()
    {
        var start = _next;
        Line = _nextLine;
        int end;
        while ((end = Parse(start)) < 0 && _block.Length - start < MaxQuotedBytes && Extend(ref start))
        {
        }

        IsOpen = end < 0;
        if (IsOpen)
            Fail($"{(_block.Length - start < MaxQuotedBytes ? "found a quote that is never closed" : $"found a quoted value that goes on for more than {MaxQuotedBytes} bytes, the most that is read over several lines")}; {Unquoted}", ofQuotes: true);
        else if (Fault is null && ColumnCount > 0 && QuotedCount > 0 && SeemsUnquoted(_block.Bytes[start..end]))
            Fail($"found a quote that is closed in a later line, while each of these lines is a row of {ColumnCount} columns; {Unquoted}", ofQuotes: true);
        else if (Fault is null && !_isUtf8 && !Utf8.IsValid(_block.Bytes[start..end]))
            Fail(TextEncodings.NotUtf8);
        else if (Fault is null && ColumnCount > 0 && !HasColumns())
            Fail($"found {Count} columns, expected {ColumnCount} as in the first row; a value with the delimiter '{(char)delimiter}' in it needs quotes");
        if (Fault is not null)
        {
            var line = _block.Bytes[start..].IndexOf((byte)'\n');
            end = line < 0 ? _block.Length : start + line + 1;
        }

        _nextLine += _block.Bytes[start..end].Count((byte)'\n');
        _next = end;
    }

    /// <summary>Adds the next block to what is left of this one.</summary>
    private bool Extend(ref int start)
    {
        if (_isAtEnd)
            return false;
        var rest = _block.Bytes[start..].ToArray();
        var line = _nextLine;
        if (!LoadBlock())
        {
            (_block.Buffer, _block.Length, start, _next, _nextLine) = (rest, rest.Length, 0, 0, line);
            return false;
        }

        _block.Buffer = [.. rest, .. _block.Bytes];
        _block.Length = _block.Buffer.Length;
        (start, _next, _nextLine) = (0, 0, line);
        _isUtf8 = false;
        return true;
    }

    /// <returns>The end of the record that starts at <paramref name="start"/>, or −1 where a quote is open at the end of the block.</returns>
    private int Parse(int start)
    {
        _values.Clear();
        (Fault, IsFaultOfQuotes, QuotedCount, _unquotedLength) = (null, false, 0, 0);
        var bytes = _block.Bytes;
        for (var place = start; ; place++)
        {
            if (quote != 0 && place < bytes.Length && bytes[place] == quote)
            {
                place = Quoted(bytes, place + 1);
                if (place < 0)
                    return -1;
                if (!EndsValue(bytes[place..]))
                {
                    Fail($"found text after a closing quote, expected the end of the value; {Unquoted}", ofQuotes: true);
                    return place;
                }

                if (bytes[place..] is [(byte)'\r', (byte)'\n', ..] or [(byte)'\r'])
                    place++;
            }
            else
            {
                var length = bytes[place..].IndexOfAny(delimiter, (byte)'\n');
                if (length < 0)
                    length = bytes.Length - place;
                var isLast = place + length == bytes.Length || bytes[place + length] == '\n';
                var value = isLast ? LineText.WithoutReturn(bytes.Slice(place, length)) : bytes.Slice(place, length);
                _values.Add(new Value(place, value.Length, IsUnquoted: false));
                place += length;
            }

            if (place == bytes.Length)
                return place;
            if (bytes[place] == '\n')
                return place + 1;
        }
    }

    /// <summary>Reads the value after an opening quote.</summary>
    /// <returns>The place after its closing quote, −1 where there is none.</returns>
    private int Quoted(ReadOnlySpan<byte> bytes, int start)
    {
        var isDoubled = false;
        for (var from = start; ; from += 2)
        {
            var length = bytes[from..].IndexOf(quote);
            if (length < 0)
                return -1;
            from += length;
            if (from + 1 < bytes.Length && bytes[from + 1] == quote)
            {
                isDoubled = true;
                continue;
            }

            QuotedCount++;
            _values.Add(isDoubled ? Undouble(bytes[start..from]) : new Value(start, from - start, IsUnquoted: false));
            return from + 1;
        }
    }

    private Value Undouble(ReadOnlySpan<byte> text)
    {
        if (_unquoted.Length < _unquotedLength + text.Length)
            Array.Resize(ref _unquoted, 2 * (_unquotedLength + text.Length));
        var value = _unquoted.AsSpan(_unquotedLength);
        var count = 0;
        for (var end = text.IndexOf(quote); end >= 0; end = text.IndexOf(quote))
        {
            text[..(end + 1)].CopyTo(value[count..]);
            count += end + 1;
            text = text[(end + 2)..];
        }

        text.CopyTo(value[count..]);
        var undoubled = new Value(_unquotedLength, count + text.Length, IsUnquoted: true);
        _unquotedLength += undoubled.Length;
        return undoubled;
    }

    private bool EndsValue(ReadOnlySpan<byte> rest) =>
        rest.IsEmpty || rest[0] == delimiter || rest is [(byte)'\n', ..] or [(byte)'\r', (byte)'\n', ..] or [(byte)'\r'];

    /// <summary>Whether the record has its columns; more are right as long as they are empty, as spreadsheets leave them.</summary>
    private bool HasColumns()
    {
        for (var column = ColumnCount; column < Count; column++)
        {
            if (_values[column].Length > 0)
                return false;
        }

        return Count >= ColumnCount;
    }

    /// <summary>
    /// Whether a record of several lines is more likely as many rows, joined by two quotes that are text: each line has just the
    /// number of columns. Text with commas has that by chance, so lines must also start with a number as the first does, or have many delimiters.
    /// </summary>
    private bool SeemsUnquoted(ReadOnlySpan<byte> record)
    {
        if (record[..^1].IndexOf((byte)'\n') < 0)
            return false;
        var (lineCount, areNumbered) = (0, true);
        foreach (var range in record.TrimEnd("\r\n"u8).Split((byte)'\n'))
        {
            lineCount++;
            areNumbered &= record[range].IndexOf(delimiter) is > 0 and var end && !record[range][..end].ContainsAnyExceptInRange((byte)'0', (byte)'9');
            if (record[range].Count(delimiter) != ColumnCount - 1)
                return false;
        }

        return lineCount > 1 && lineCount * (ColumnCount - 1) >= (areNumbered || delimiter == '\t' ? 4 : 8);
    }

    private void Fail(string fault, bool ofQuotes = false) => (Fault, IsFaultOfQuotes) = (fault, ofQuotes);

    private readonly record struct Value(int Start, int Length, bool IsUnquoted);
}
