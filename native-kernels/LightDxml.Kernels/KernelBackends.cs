using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LightDxml.Kernels;

/// <summary>Chooses the kernel set at start-up.</summary>
internal static class KernelBackends
{
    /// <summary>The environment variable that forces a kernel set: <c>auto</c>, <c>scalar</c> or <c>simd</c>.</summary>
    public const string EnvironmentVariable = "LIGHTDXML_KERNELS";

    /// <summary>Every kernel set of this build that runs on this processor.</summary>
    public static IReadOnlyList<KernelSet> Available { get; } =
        Vector128.IsHardwareAccelerated ? [new ScalarKernels(), new SimdKernels()] : [new ScalarKernels()];

    /// <summary>Bits of the vectors that kernels may take on this processor; sums over wider ones are taken in another order.</summary>
    public static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>How products are rounded when they are added: of processors with vectors of 128 bits, those of Arm64 fuse and those of x64 do not.</summary>
    public static string MultiplyAdds => Fma.IsSupported || AdvSimd.IsSupported ? "fused" : "rounded twice";

    /// <summary>The kernel set for <paramref name="choice"/>; <c>auto</c> asks the environment variable, then takes the fastest.</summary>
    /// <exception cref="ArgumentException">The choice is unknown, or not available on this processor.</exception>
    public static KernelSet Select(string choice = "auto")
    {
        if (choice == "auto")
            choice = Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } forced ? forced : "auto";
        if (choice == "auto")
            return Available[^1];
        foreach (var kernels in Available)
        {
            if (kernels.Name == choice)
                return kernels;
        }

        var reason = choice == "simd" ? "this processor has no 128-bit vectors" : "the names are auto, scalar and simd";
        throw new ArgumentException($"Kernel set '{choice}' is not available: {reason}.", nameof(choice));
    }
}
