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
