using System.Runtime.Intrinsics;

namespace LightDxml.Kernels;

/// <summary>The kernels written with .NET's portable vectors, up to 512 bits wide.</summary>
internal sealed partial class SimdKernels : ScalarKernels
{
    public SimdKernels()
        : this(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)
    {
    }

    /// <summary>A narrower width than the processor's best, so that tests reach the code of other processors.</summary>
    internal SimdKernels(int vectorBits) => VectorBits = vectorBits;

    public override string Name => "simd";

    /// <summary>512, 256 or 128. A wider width than the processor's is right too, but slow.</summary>
    internal int VectorBits { get; }
}
