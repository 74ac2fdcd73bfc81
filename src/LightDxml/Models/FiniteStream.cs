using System.Runtime.InteropServices;

namespace LightDxml.Models;

/// <summary>Takes the bytes of floats, whole ones at a time, keeps none, and knows whether all were finite.</summary>
internal sealed class FiniteStream : WriteOnlyStream
{
    public bool Holds { get; private set; } = true;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length % sizeof(float) != 0)
            throw new ArgumentException($"{buffer.Length} bytes are not whole floats.", nameof(buffer));
        Holds = Holds && FiniteCheck.Holds(MemoryMarshal.Cast<byte, float>(buffer));
    }

    public override void Flush()
    {
    }
}
