namespace LightDxml.Kernels;

/// <summary>The kernels written with .NET's portable vectors, up to 512 bits wide.</summary>
public sealed partial class SimdKernels : ScalarKernels
{
    public override string Name => "simd";
}
