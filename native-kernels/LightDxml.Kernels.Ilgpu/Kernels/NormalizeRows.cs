using ILGPU;

namespace LightDxml.Kernels.Ilgpu.Kernels;

/// <summary>rows[r] = rows[r] / ‖rows[r]‖₂; a row of zeros stays zeros. A group a row.</summary>
internal static class NormalizeRows
{
    /// <param name="rows">[rows, stride], overwritten; the padding is zero.</param>
    public static void Run(ArrayView<float> rows, int stride)
    {
        var shared = SharedMemory.Allocate1D<float>(GroupSum.MostThreads);
        var first = (long)Grid.IdxX * stride;
        var sum = 0f;
        for (var c = Group.IdxX; c < stride; c += Group.DimX)
            sum += rows[first + c] * rows[first + c];
        sum = GroupSum.Of(sum, shared);
        var scale = sum > 0 ? 1 / MathF.Sqrt(sum) : 0f;
        for (var c = Group.IdxX; c < stride; c += Group.DimX)
            rows[first + c] *= scale;
    }
}
