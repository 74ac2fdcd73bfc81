using System.Runtime.InteropServices;

namespace LightDxml.Storage;

/// <summary>Elements as bytes. A span of bytes ends at 2³¹, an array of elements may be longer.</summary>
internal static class Elements
{
    private const int Piece = 1 << 24;

    /// <summary>Hands on the bytes of all elements, in their order and in pieces of at most <paramref name="piece"/> elements.</summary>
    public static void ForEachPiece<T>(ReadOnlySpan<T> elements, Action<ReadOnlySpan<byte>> take, int piece = Piece)
        where T : unmanaged
    {
        for (var first = 0; first < elements.Length; first += Math.Min(piece, elements.Length - first))
            take(MemoryMarshal.AsBytes(elements.Slice(first, Math.Min(piece, elements.Length - first))));
    }
}
