namespace LightDxml.Kernels;

/// <summary>
/// The counter-based random numbers of dropout: a 32-bit integer hash (Wellons' "lowbias32", bias 0.17) of seed, row and
/// column. Being a pure function, it gives the same mask for any order of work and any number of threads.
/// </summary>
internal static class DropoutMask
{
    /// <summary>The two multipliers of <see cref="Hash"/>, for code that computes the mask on another device.</summary>
    public const uint FirstMultiplier = 0x7feb352d;
    /// <inheritdoc cref="FirstMultiplier"/>
    public const uint SecondMultiplier = 0x846ca68b;

    /// <summary>A mask value is kept when its hash is at or above this threshold.</summary>
    public static uint Threshold(float dropout) => (uint)(dropout * (double)(1L << 32));

    /// <summary>The starting word of a row; column c hashes <c>RowWord + c</c>.</summary>
    public static uint RowWord(uint seed, uint rowKey) => Hash(seed ^ Hash(rowKey + 0x9e3779b9));

    /// <summary>Whether column <paramref name="column"/> of the row is kept.</summary>
    public static bool Keeps(uint rowWord, int column, uint threshold) => Hash(rowWord + (uint)column) >= threshold;

    /// <summary>lowbias32.</summary>
    public static uint Hash(uint x)
    {
        x ^= x >> 16;
        x *= FirstMultiplier;
        x ^= x >> 15;
        x *= SecondMultiplier;
        x ^= x >> 16;
        return x;
    }
}
