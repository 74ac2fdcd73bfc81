using ILGPU;

namespace LightDxml.Kernels.Ilgpu.Kernels;

/// <summary>The sum of a value over a group's threads, by a tree in shared memory: warp shuffles are not to be had everywhere.</summary>
internal static class GroupSum
{
    public const int MostThreads = 256;

    /// <param name="shared">[group], contents lost. The group's size is a power of 2.</param>
    public static float Of(float value, ArrayView<float> shared)
    {
        var thread = Group.IdxX;
        shared[thread] = value;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (thread < half)
                shared[thread] += shared[thread + half];
            Group.Barrier();
        }

        var sum = shared[0];
        Group.Barrier();
        return sum;
    }
}
