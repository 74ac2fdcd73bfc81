using ILGPU;

namespace LightDxml.Kernels.Ilgpu.Kernels;

/// <summary>
/// A score and its label row in one number that orders as a ranking does: the greater key has the higher score, or the same
/// score and the lower row. 0 is no label. Keys of different rows differ, so that a selection by key is unique.
/// </summary>
internal static class ScoreKey
{
    /// <summary>The key of a score; NaN has none.</summary>
    public static ulong Of(float score, int row)
    {
        if (float.IsNaN(score))
            return 0;

        // Floats order as signed magnitudes: flipping negatives whole and the sign of the rest makes them order as uints. −0 equals 0.
        var bits = score == 0f ? 0u : Interop.FloatAsInt(score);
        var ordered = (bits & 0x8000_0000u) != 0 ? ~bits : bits | 0x8000_0000u;
        return ((ulong)ordered << 32) | (uint)~row;
    }

    /// <summary>The label row; −1 where there is none.</summary>
    public static int Row(ulong key) => key == 0 ? -1 : ~(int)(uint)key;

    /// <summary>The score; −∞ where there is none.</summary>
    public static float Score(ulong key)
    {
        if (key == 0)
            return float.NegativeInfinity;
        var ordered = (uint)(key >> 32);
        return Interop.IntAsFloat((ordered & 0x8000_0000u) != 0 ? ordered & 0x7FFF_FFFFu : ~ordered);
    }
}
