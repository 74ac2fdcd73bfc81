using System.Runtime.InteropServices;

namespace LightDxml.Models;

/// <summary>Takes the bytes of floats, whole ones at a time, keeps none, and knows whether all were finite.</summary>
internal sealed class FiniteStream : Stream
{
    public bool Holds { get; private set; } = true;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length % sizeof(float) != 0)
            throw new ArgumentException($"{buffer.Length} bytes are not whole floats.", nameof(buffer));
        Holds = Holds && FiniteCheck.Holds(MemoryMarshal.Cast<byte, float>(buffer));
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
