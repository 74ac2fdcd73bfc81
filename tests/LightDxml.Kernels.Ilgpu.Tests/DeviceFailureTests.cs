using ILGPU;
using ILGPU.Runtime;
using LightDxml.Kernels.Ilgpu.Devices;
using LightDxml.Kernels.Ilgpu.Search;

namespace LightDxml.Kernels.Ilgpu.Tests;

/// <summary>Drivers that fail, which the simulator never does by itself.</summary>
public sealed class DeviceFailureTests
{
    private const int Memory = 1 << 20;

    [Fact]
    public void Search_DriverFails_NamesTheDevice_AndGivesTheMemoryBack()
    {
        using var device = GpuDevice.OpenSimulator(Memory, 1);
        using var queries = new QueryStream(device, new SearchShape(16, 10), (_, _, _) => new FailingSearch());
        var error = Assert.Throws<LightDxmlException>(() => queries.Search(new float[16], 1, 3, new int[3], new float[3]));
        Assert.Equal($"{device.Name} failed: an illegal address", error.Message);
        Assert.Equal(Memory, device.FreeMemory);
    }

    [Fact]
    public void Dispose_OnePartFails_TheOthersAreFreed()
    {
        using var device = GpuDevice.OpenSimulator(Memory, 1);
        var freed = 0;
        var arena = new DeviceArena(device);
        arena.Keep(new Part(() => freed++));
        arena.Allocate<float>(100, "numbers");
        arena.Keep(new Part(() => throw new Failure()));
        arena.Dispose();
        Assert.Equal(1, freed);
        Assert.Equal(Memory, device.FreeMemory);
    }

    private sealed class FailingSearch : IBlockSearch
    {
        public SelectionBuffers Enqueue(AcceleratorStream stream, ArrayView<float> queries, int queryCount) => throw new Failure();
    }

    private sealed class Part(Action free) : IDisposable
    {
        public void Dispose() => free();
    }

    private sealed class Failure() : AcceleratorException("an illegal address")
    {
        public override AcceleratorType AcceleratorType => AcceleratorType.Cuda;
    }
}
