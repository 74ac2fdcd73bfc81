namespace LightDxml.Kernels.Ilgpu.Tests;

/// <summary>Every kernel compiles for devices that need not be here. The simulator runs the .NET methods, so it cannot show that.</summary>
public sealed class GeneratedCodeTests
{
    private static readonly string[] KernelNames =
        ["InnerProducts", "SelectBest", "RankBest", "ListProducts", "NormalizeRows", "LabelCentroids"];

    public static TheoryData<string, string> KernelsAndTargets { get; } = Backends.Pairs(KernelNames, ["SM_80", "SM_90", "OpenCL"]);

    [Fact]
    public void KernelNames_AreAllKernels()
    {
        Assert.Equal(KernelNames.Order(StringComparer.Ordinal), IlgpuDevices.Kernels().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(KernelsAndTargets))]
    public void Kernel_Compiles_AndNeedsNoOtherFunction(string kernel, string target)
    {
        var code = IlgpuDevices.Compile(kernel, target);
        Assert.Contains(target == "OpenCL" ? "kernel void" : ".visible .entry", code, StringComparison.Ordinal);

        // What a library would have to bring does not link: MathF.FusedMultiplyAdd becomes such a call, for one.
        Assert.DoesNotContain(".extern .func", code, StringComparison.Ordinal);
        Assert.DoesNotContain("__nv_", code, StringComparison.Ordinal);
        Assert.DoesNotContain("double", code, StringComparison.Ordinal);
        Assert.DoesNotContain(".f64", code, StringComparison.Ordinal);
    }
}
