namespace LightDxml.Encoders.Protocol;

/// <summary>Reads the fields of a protocol buffer's message one after the other, known or not.</summary>
internal struct FieldReader(ReadOnlyMemory<byte> message)
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    private ReadOnlyMemory<byte> _rest = message;

    /// <summary>The field's number.</summary>
    public int Field { get; private set; }

    /// <summary>What the field holds, if that is a whole number.</summary>
    public long Number { get; private set; }

    /// <summary>What the field holds, if that is text, bytes or a message.</summary>
    public ReadOnlyMemory<byte> Part { get; private set; }

    /// <summary>The field as it stands in the message.</summary>
    public ReadOnlyMemory<byte> Whole { get; private set; }

    /// <summary>Goes to the next field; false at the end.</summary>
    /// <exception cref="FormatException">The message is damaged.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        var before = _rest;
        var tag = ReadNumber();
        Field = (int)(tag >> 3);
        Number = 0;
        Part = default;
        switch ((int)(tag & 7))
        {
            case Varint:
                Number = (long)ReadNumber();
                break;
            case Fixed64:
                Part = Take(8);
                break;
            case Bytes:
                Part = Take(ReadNumber());
                break;
            case Fixed32:
                Part = Take(4);
                break;
            default:
                throw new FormatException($"a field has the kind {tag & 7}, which protocol buffers do not have");
        }

        Whole = before[..^_rest.Length];
        return true;
    }

    /// <summary>The numbers of a field that holds many without their tags.</summary>
    public static IEnumerable<long> Numbers(ReadOnlyMemory<byte> packed)
    {
        var reader = new FieldReader(packed);
        while (!reader._rest.IsEmpty)
            yield return (long)reader.ReadNumber();
    }

    private ReadOnlyMemory<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
            throw new FormatException($"a field says that it has {length} bytes, of which {_rest.Length} are there");
        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    private ulong ReadNumber()
    {
        var bytes = _rest.Span;
        var number = 0ul;
        for (var i = 0; i < bytes.Length && i < 10; i++)
        {
            number |= (ulong)(bytes[i] & 0x7F) << 7 * i;
            if (bytes[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return number;
            }
        }

        throw new FormatException("a number ends in its midst");
    }
}
