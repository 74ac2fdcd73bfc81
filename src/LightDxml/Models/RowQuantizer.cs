using System.Numerics.Tensors;

namespace LightDxml.Models;

/// <summary>
/// Rows of floats as signed bytes with one scale a row: value ≈ byte · scale, scale = max |value| / 127 rounded up to 17
/// significant bits. So byte · scale is exact in single precision, and the largest value still takes byte 127: rounding a
/// row a second time changes nothing, and a stored model predicts the same bits as the one in memory.
/// </summary>
public static class RowQuantizer
{
    private const int Most = 127;

    /// <summary>The scale of a row: 0 for a row of zeros.</summary>
    public static float Scale(ReadOnlySpan<float> row)
    {
        if (row.IsEmpty)
            return 0;
        var bits = BitConverter.SingleToUInt32Bits(MathF.Abs(TensorPrimitives.MaxMagnitude(row)) / Most);
        return BitConverter.UInt32BitsToSingle((bits + 0x7f) & ~0x7fu);
    }

    /// <summary>bytes[i] = row[i] / scale, rounded to the nearest, ties to even.</summary>
    public static void Quantize(ReadOnlySpan<float> row, float scale, Span<sbyte> bytes)
    {
        for (var i = 0; i < row.Length; i++)
            bytes[i] = (sbyte)Nearest(row[i], scale);
    }

    /// <summary>row[i] = bytes[i] · scale.</summary>
    public static void Restore(ReadOnlySpan<sbyte> bytes, float scale, Span<float> row)
    {
        for (var i = 0; i < bytes.Length; i++)
            row[i] = bytes[i] * scale;
    }

    /// <summary>Replaces a row by what storing and restoring it gives.</summary>
    public static void Round(Span<float> row)
    {
        var scale = Scale(row);
        for (var i = 0; i < row.Length; i++)
            row[i] = Nearest(row[i], scale) * scale;
    }

    private static float Nearest(float value, float scale) => scale == 0 ? 0 : Math.Clamp(MathF.Round(value / scale), -Most, Most);
}
