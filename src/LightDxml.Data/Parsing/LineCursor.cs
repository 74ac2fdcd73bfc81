using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using LightDxml.Data.Formats;

namespace LightDxml.Data.Parsing;

/// <summary>A place in one line; reads the pieces that the formats are made of, and names file and line in its errors.</summary>
internal ref struct LineCursor(ReadOnlySpan<byte> line, string file, long lineNumber)
{
    private readonly ReadOnlySpan<byte> _line = line;
    private int _position;

    public readonly bool AtEnd => _position == _line.Length;

    public readonly bool AtBlank => _position < _line.Length && LineText.IsBlank(_line[_position]);

    public void Rewind() => _position = 0;

    /// <summary>Moves past blanks and tabs; false at the end of the line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool SkipBlanks()
    {
        while (_position < _line.Length && LineText.IsBlank(_line[_position]))
            _position++;
        return _position < _line.Length;
    }

    /// <summary>Moves past <paramref name="symbol"/>, if it is here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(byte symbol)
    {
        if (_position == _line.Length || _line[_position] != symbol)
            return false;
        _position++;
        return true;
    }

    /// <summary>Reads a whole number; false, without moving, where there is none. What exceeds 2³¹−1 is read as that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadIndex(out int index)
    {
        var i = _position;
        long number = 0;
        uint digit;
        for (; i < _line.Length && (digit = _line[i] - (uint)'0') <= 9; i++)
            number = Math.Min(number * 10 + digit, int.MaxValue);
        index = (int)number;
        var any = i > _position;
        _position = i;
        return any;
    }

    /// <summary>Reads a whole number below 2⁶³; false, without moving, where there is none.</summary>
    public bool TryReadNumber(out long number)
    {
        var length = _line[_position..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = length < 0 ? _line[_position..] : _line.Slice(_position, length);
        if (!long.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number))
            return false;
        _position += digits.Length;
        return true;
    }

    /// <summary>Reads <c>index:value</c>.</summary>
    /// <param name="noun">What the index counts: <c>feature</c> or <c>label</c>.</param>
    /// <param name="limit">The index must be below it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadEntry(string noun, int limit, out float value)
    {
        var start = _position;
        if (!TryReadIndex(out var index) || !Take((byte)':'))
            ThrowUnexpected(start, $"{noun}:value");
        if (index >= limit)
            ThrowOutOfRange(start, noun, limit);
        var length = FloatText.Parse(_line[_position..], out value);
        if (length == 0)
            ThrowNotFinite(noun, index);
        _position += length;
        return index;
    }

    /// <summary>Reads <c>index</c> of a list that commas join; a comma, a blank or the end must follow.</summary>
    public int ReadListed(string noun, int limit)
    {
        var start = _position;
        if (!TryReadIndex(out var index) || !(AtEnd || AtBlank || _line[_position] == ','))
            ThrowUnexpected(start, $"a {noun} number");
        if (index >= limit)
            ThrowOutOfRange(start, noun, limit);
        return index;
    }

    /// <summary>Reads a label number of any size; a comma, a blank or the end must follow.</summary>
    public int ReadListed(LargeLabels labels)
    {
        var start = _position;
        if (TryReadIndex(out var index) && index < LargeLabels.FirstLarge && (AtEnd || AtBlank || _line[_position] == ','))
            return labels.ColumnOf(index);
        _position = start;
        if (!TryReadNumber(out var number) || !(AtEnd || AtBlank || _line[_position] == ','))
            ThrowUnexpected(start, "a label number");
        return labels.ColumnOf(number);
    }

    /// <summary>An error at this line.</summary>
    public readonly DataFormatException Fault(string fault) => new(file, lineNumber, fault);

    private readonly ReadOnlySpan<byte> TokenAt(int start, params ReadOnlySpan<byte> ends)
    {
        var length = _line[start..].IndexOfAny(ends);
        return length < 0 ? _line[start..] : _line.Slice(start, length);
    }

    [DoesNotReturn]
    private readonly void ThrowUnexpected(int start, string expected) =>
        throw Fault($"found {LineText.Quote(TokenAt(start, (byte)' ', (byte)'\t'))}, expected {expected}");

    [DoesNotReturn]
    private readonly void ThrowOutOfRange(int start, string noun, int limit)
    {
        var index = System.Text.Encoding.UTF8.GetString(TokenAt(start, (byte)' ', (byte)'\t', (byte)':', (byte)','));
        throw Fault(limit == int.MaxValue
            ? $"{noun} {index} is larger than {int.MaxValue - 1}, the most that is supported"
            : $"{noun} {index} is not below the {noun} count {limit}");
    }

    [DoesNotReturn]
    private readonly void ThrowNotFinite(string noun, int index) =>
        throw Fault($"{noun} {index} has the value {LineText.Quote(TokenAt(_position, (byte)' ', (byte)'\t'))}, expected a finite number");
}
