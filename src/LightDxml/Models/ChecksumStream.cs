using System.IO.Hashing;

namespace LightDxml.Models;

/// <summary>Hands on what is written, and knows how much it was and its checksum.</summary>
internal sealed class ChecksumStream(Stream target) : WriteOnlyStream
{
    private readonly XxHash128 _hash = new();

    /// <summary>Bytes since the last <see cref="Take"/>.</summary>
    public long Count { get; private set; }

    /// <summary>The checksum of what was written since the last time.</summary>
    public byte[] Take()
    {
        Count = 0;
        return _hash.GetHashAndReset();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        target.Write(buffer);
        _hash.Append(buffer);
        Count += buffer.Length;
    }

    public override void Flush() => target.Flush();
}
