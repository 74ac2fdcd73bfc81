namespace LightDxml.Kernels.Ilgpu.Tests;

public sealed class IlgpuProviderTests
{
    [Fact]
    public void FindGpu_IsAnAcceleratorOfThisMachine_OrThereIsNone()
    {
        var provider = new IlgpuProvider();
        Assert.Null(provider.WhyMissing);
        var accelerators = provider.FindAccelerators();
        if (provider.FindGpu() is { } gpu)
        {
            Assert.Contains(accelerators, name => name.StartsWith(gpu.Name, StringComparison.Ordinal));
            Assert.True(gpu is { MultiplyAddsPerSecond: > 1e9, MemoryBytes: > 1 << 20 });
        }
        else
        {
            // An OpenCL device that is the processor may be there, but is not what is asked for.
            Assert.DoesNotContain(accelerators, name => name.StartsWith("Cuda", StringComparison.Ordinal));
        }
    }
}
