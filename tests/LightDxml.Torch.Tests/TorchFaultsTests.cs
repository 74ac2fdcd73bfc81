using System.Runtime.InteropServices;

namespace LightDxml.Torch.Tests;

public sealed class TorchFaultsTests
{
    [Fact]
    public void Explained_MemoryOfTheDeviceIsFull_SaysWhatNeedsLess()
    {
        var error = Assert.Throws<LightDxmlException>(() => TorchFaults.Explained<int>(() =>
            throw new NativeFault("CUDA out of memory. Tried to allocate 2.00 GiB\nException raised from malloc")));
        Assert.StartsWith("the device's memory is full (CUDA out of memory. Tried to allocate 2.00 GiB);", error.Message, StringComparison.Ordinal);
        Assert.Contains("schedule.batchSize", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explained_OfANetwork_NamesTheNetworksOwnSettings()
    {
        var error = Assert.Throws<LightDxmlException>(() => TorchFaults.Explained<int>(() => throw new NativeFault("CUDA out of memory."), TorchFaults.NetworkAdvice));
        Assert.Contains("maxTokens", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("schedule.", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Explained_MemoryOfTheMachineIsFull_DoesNotAdviseTheProcessor()
    {
        TorchBuild.Require();
        var error = Assert.Throws<LightDxmlException>(() => TorchFaults.Explained(() => TorchSharp.torch.empty(1L << 50).Dispose(), TorchFaults.NetworkAdvice));
        Assert.StartsWith("the machine's memory is full (", error.Message, StringComparison.Ordinal);
        Assert.Contains("batchSize", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("device=cpu", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("[enforce fail at alloc_cpu.cpp:118] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes.", false)]
    [InlineData("[enforce fail at alloc_cpu.cpp:80] data. DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes.", false)]
    [InlineData("CUDA error: out of memory", true)]
    [InlineData("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`", true)]
    public void Explained_AnyMessageOfFullMemory_IsKnown(string message, bool isOfADevice)
    {
        var error = Assert.Throws<LightDxmlException>(() => TorchFaults.Explained<int>(() => throw new NativeFault(message)));
        Assert.Equal(isOfADevice, error.Message.Contains("engine.device=cpu none of it", StringComparison.Ordinal));
    }

    [Fact]
    public void Explained_LibraryIsMissing_IsOneLine()
    {
        var error = Assert.Throws<LightDxmlException>(() => TorchFaults.Explained<int>(() =>
            throw new TypeInitializationException("TorchSharp.torch", new NotSupportedException("no libtorch here\n\ntrace"))));
        Assert.Equal("libtorch could not be loaded: no libtorch here", error.Message);
    }

    [Fact]
    public void Explained_AnotherFault_StaysItself() =>
        Assert.Throws<NativeFault>(() => TorchFaults.Explained<int>(() => throw new NativeFault("expected a tensor")));

    /// <summary>As TorchSharp throws it.</summary>
    private sealed class NativeFault(string message) : ExternalException(message);
}
