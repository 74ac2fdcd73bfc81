namespace LightDxml.Data;

/// <summary>
/// Score and row packed in one 64-bit key whose integer order equals the ranking order: the greater key has the higher score, or the
/// same score and the lower row. The score's order is in the upper half, the row in bits 1 to 31, and bit 0 is free for a mark that
/// does not change the order of keys of different rows.
/// </summary>
internal static class RankingKey
{
    /// <summary>The key of a score that is not NaN; −0 ties with 0.</summary>
    public static ulong Of(float score, int row) => (ulong)Ordered(score + 0f) << 32 | (uint)(int.MaxValue - row) << 1;

    public static int Row(ulong key) => int.MaxValue - (int)((uint)key >> 1);

    public static float Score(ulong key) => Value((uint)(key >> 32));

    /// <summary>An integer that orders as the float does; −0 and 0 are neighbours but not the same.</summary>
    public static uint Ordered(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return bits ^ ((uint)((int)bits >> 31) | 0x80000000);
    }

    /// <summary>The float of <see cref="Ordered"/>.</summary>
    public static float Value(uint ordered) =>
        BitConverter.UInt32BitsToSingle(ordered ^ ((uint)((int)~ordered >> 31) | 0x80000000));
}
