using LightDxml.Kernels.Ilgpu.Devices;
using LightDxml.Providers;

namespace LightDxml.Kernels.Ilgpu.Tests;

/// <summary>The choice among devices that are not here.</summary>
public sealed class DeviceChoiceTests
{
    private static readonly FoundDevice Processor = new(0, "OpenCL processor", 1000, IsGpu: false, null);
    private static readonly FoundDevice Small = new(1, "Cuda small", 10, IsGpu: true, null);
    private static readonly FoundDevice Large = new(2, "Cuda large", 100, IsGpu: true, null);
    private static readonly FoundDevice Old = new(3, "OpenCL old", 200, IsGpu: true, "no generic address space");

    [Fact]
    public void Open_SeveralGpus_TakesTheOneOfMostMemory_NotALargerProcessor()
    {
        Assert.Equal("Cuda large", Open([Processor, Small, Large], onlyGpus: true, out var passedOver));
        Assert.Empty(passedOver);
    }

    [Fact]
    public void Open_TheFirstCannotBeUsed_TakesTheNext_AndSaysWhy()
    {
        Assert.Equal("Cuda small", Open([Processor, Small, Large, Old], onlyGpus: true, out var passedOver, broken: Large));
        Assert.Equal(["OpenCL old (no generic address space)", "Cuda large (no driver)"], passedOver);
    }

    [Fact]
    public void Open_NoGpu_TakesAProcessorOnlyWhereThatIsAskedFor()
    {
        var error = Assert.Throws<ProviderMissingException>(() => Open([Processor, Small], onlyGpus: true, out _, broken: Small));
        Assert.Equal("No GPU can be used: Cuda small (no driver); OpenCL processor (no GPU).", error.Message);
        Assert.Equal("OpenCL processor", Open([Processor, Small], onlyGpus: false, out _, broken: Small));
    }

    [Fact]
    public void Open_NoDevice_SaysWhatWasLookedFor()
    {
        var error = Assert.Throws<ProviderMissingException>(() => Open([], onlyGpus: true, out _));
        Assert.Equal("No GPU was found: ILGPU sees neither a CUDA device nor an OpenCL device.", error.Message);
    }

    private static string Open(FoundDevice[] devices, bool onlyGpus, out IReadOnlyList<string> passedOver, FoundDevice? broken = null) =>
        DeviceChoice.Open(devices, onlyGpus, device => device == broken ? throw new LightDxmlException("no\ndriver") : device.Name, out passedOver);
}
