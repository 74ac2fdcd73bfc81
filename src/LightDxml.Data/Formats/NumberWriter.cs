using System.Globalization;

namespace LightDxml.Data.Formats;

/// <summary>Writes numbers and separators as text into a stream, through a buffer of its own; disposing writes the rest.</summary>
internal sealed class NumberWriter(Stream stream) : IDisposable
{
    /// <summary>No number takes more bytes.</summary>
    private const int LongestNumber = 32;

    private readonly byte[] _buffer = new byte[1 << 16];
    private int _count;

    public void Write(char symbol)
    {
        MakeRoom();
        _buffer[_count++] = (byte)symbol;
    }

    public void Write(long number)
    {
        MakeRoom();
        number.TryFormat(_buffer.AsSpan(_count), out var written, provider: CultureInfo.InvariantCulture);
        _count += written;
    }

    /// <summary>Writes <c>index:value</c>, the value in the fewest digits that read back as the same float.</summary>
    /// <exception cref="LightDxmlException">The value is not finite.</exception>
    public void WriteEntry(int index, float value)
    {
        if (!float.IsFinite(value))
            throw new LightDxmlException(string.Create(CultureInfo.InvariantCulture, $"The value {value} of index {index} cannot be written: text files hold finite numbers."));
        Write(index);
        Write(':');
        MakeRoom();
        value.TryFormat(_buffer.AsSpan(_count), out var written, provider: CultureInfo.InvariantCulture);
        _count += written;
    }

    public void Dispose() => Flush();

    private void MakeRoom()
    {
        if (_buffer.Length - _count < LongestNumber)
            Flush();
    }

    private void Flush()
    {
        stream.Write(_buffer, 0, _count);
        _count = 0;
    }
}
