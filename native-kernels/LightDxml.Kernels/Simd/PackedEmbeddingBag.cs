using System.Runtime.Intrinsics;

namespace LightDxml.Kernels;

internal sealed unsafe partial class SimdKernels
{
    /// <summary>Sixteen columns come out of eight bytes by a mask, a shift and two widenings.</summary>
    public override void PackedEmbeddingBag(
        ReadOnlySpan<int> indices, ReadOnlySpan<float> weights, ReadOnlySpan<byte> rows, ReadOnlySpan<float> scales, int dim, Span<float> bag)
    {
        var width = PackedNibbles.Width(dim);
        bag[..PackedNibbles.PaddedColumns(dim)].Clear();
        var offset = Vector512.Create((float)PackedNibbles.Offset);
        fixed (byte* packed = rows)
        fixed (float* sum = bag)
        {
            for (var j = 0; j < indices.Length; j++)
            {
                var row = packed + (long)indices[j] * width;
                var weight = Vector512.Create(weights[j]);
                var scale = Vector512.Create(scales[indices[j]]);
                for (var block = 0; block < width; block += PackedNibbles.BlockBytes)
                {
                    var value = (Widen(row + block) - offset) * scale;
                    var place = sum + block * 2;
                    Vector512.FusedMultiplyAdd(weight, value, Vector512.Load(place)).Store(place);
                }
            }
        }
    }

    /// <summary>The sixteen numbers from 0 to 15 of eight bytes.</summary>
    private static Vector512<float> Widen(byte* packed)
    {
        var mask = Vector128.Create((byte)0xf);
        var pairs = Vector128.CreateScalarUnsafe(*(ulong*)packed).AsByte();
        var low = pairs & mask;
        var high = Vector128.ShiftRightLogical(pairs.AsUInt16(), 4).AsByte() & mask;
        var numbers = Vector128.Create(low.GetLower(), high.GetLower()).ToVector256Unsafe().ToVector512Unsafe();
        return Vector512.ConvertToSingle(Vector512.WidenLower(Vector512.WidenLower(numbers)).AsInt32());
    }
}
