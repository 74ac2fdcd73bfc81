using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace LightDxml.Models;

/// <summary>
/// Rows of floats as small integers with one scale per row: value ≈ integer · scale, the integer within ± levels. A scale is
/// rounded up to 17 significant bits, so that integer · scale is exact in single precision, and one value at least takes the
/// outermost level: rounding a row a second time changes nothing, and a stored model predicts the same bits as the one in
/// memory.
/// </summary>
internal sealed class RowQuantizer
{
    private const float LeastShare = 0.5f;
    private const float ShareStep = 0.05f;
    private readonly int _levels;
    private readonly bool _clips;

    private RowQuantizer(int levels, bool clips)
    {
        _levels = levels;
        _clips = clips;
    }

    /// <summary>Eight bits: 127 levels to either side, the outermost for the largest value.</summary>
    public static RowQuantizer Bytes { get; } = new(127, clips: false);

    /// <summary>Four bits: 7 levels to either side. Of so few, most serve best when a row's few largest values are clipped.</summary>
    public static RowQuantizer Nibbles { get; } = new(7, clips: true);

    /// <summary>The scale of a row: 0 for a row of zeros. Where values are clipped, that of the least squared error among eleven.</summary>
    public float Scale(ReadOnlySpan<float> row)
    {
        if (row.IsEmpty)
            return 0;
        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude(row)) / _levels;
        var best = Short(largest);
        if (!_clips || best == 0)
            return best;
        var least = SquaredError(row, best);
        for (var share = 1 - ShareStep; share >= LeastShare && least > 0; share -= ShareStep)
        {
            var scale = Short(largest * share);
            var error = SquaredError(row, scale);
            if (error < least)
                (best, least) = (scale, error);
        }

        return best;
    }

    /// <summary>integers[i] = row[i] / scale, rounded to the nearest, ties to even.</summary>
    public void Quantize(ReadOnlySpan<float> row, float scale, Span<sbyte> integers)
    {
        for (var i = 0; i < row.Length; i++)
            integers[i] = (sbyte)Nearest(row[i], scale);
    }

    /// <summary>row[i] = integers[i] · scale.</summary>
    public static void Restore(ReadOnlySpan<sbyte> integers, float scale, Span<float> row)
    {
        for (var i = 0; i < integers.Length; i++)
            row[i] = integers[i] * scale;
    }

    /// <summary>Replaces a row by what storing and restoring it gives.</summary>
    public void Round(Span<float> row)
    {
        var scale = Scale(row);
        for (var i = 0; i < row.Length; i++)
            row[i] = Nearest(row[i], scale) * scale;
    }

    /// <summary>
    /// Replaces a row by the direction of what storing and restoring it gives, at unit length: a row of <see cref="Round"/> is shorter
    /// or longer by some percent, which inner products of unit rows would take for nearness. A row of zeros stays.
    /// </summary>
    public void RoundToUnit(Span<float> row)
    {
        var scale = Scale(row);
        var squares = 0.0;
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Nearest(row[i], scale);
            squares += row[i] * row[i];
        }

        if (squares == 0)
            return;
        var unit = Short((float)(1 / Math.Sqrt(squares)));
        for (var i = 0; i < row.Length; i++)
            row[i] *= unit;
    }

    private float Nearest(float value, float scale) => scale == 0 ? 0 : Math.Clamp(MathF.Round(value / scale), -_levels, _levels);

    private static float Short(float scale) => BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(scale) + 0x7f) & ~0x7fu);

    private float SquaredError(ReadOnlySpan<float> row, float scale)
    {
        var sum = Vector512<float>.Zero;
        var most = Vector512.Create((float)_levels);
        var i = 0;
        for (; i + Vector512<float>.Count <= row.Length; i += Vector512<float>.Count)
        {
            var value = Vector512.Create(row[i..]);
            var nearest = Vector512.Min(Vector512.Max(Vector512.Round(value / Vector512.Create(scale)), -most), most);
            var error = value - nearest * scale;
            sum += error * error;
        }

        var total = Vector512.Sum(sum);
        for (; i < row.Length; i++)
        {
            var error = row[i] - Nearest(row[i], scale) * scale;
            total += error * error;
        }

        return total;
    }
}
