using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels.Ilgpu.Devices;
using LightDxml.Kernels.Ilgpu.Search;

namespace LightDxml.Kernels.Ilgpu.Tests;

/// <summary>ILGPU's simulator, the machine's GPU where there is one, and the compilers for devices that need not be here.</summary>
internal static class IlgpuDevices
{
    private const long SimulatorMemory = 1L << 28;
    private static readonly Lazy<GpuDevice> Simulator = new(() => GpuDevice.OpenSimulator(SimulatorMemory));

    // The kernels are tested with groups of two threads; the indexes, which launch many, with groups of one.
    private static readonly Lazy<GpuDevice> SingleThreads = new(() => GpuDevice.OpenSimulator(SimulatorMemory, 1));
    private static readonly Lazy<GpuDevice> Gpu = new(() => GpuDevice.Open(onlyGpus: false));

    public static string? WhyMissing(string device)
    {
        if (device == "ilgpu-simulator")
            return null;
        try
        {
            _ = Device(device);
            return null;
        }
        catch (LightDxmlException exception)
        {
            return exception.Message;
        }
    }

    public static IGpuBackend Backend(string device) => new IlgpuBackend(Device(device));

    /// <param name="memoryLimit">Bytes of a simulator of its own, or 0 for the shared device.</param>
    /// <param name="width">Labels that searches will ask for; 0 where that is not known.</param>
    public static ILabelIndex Index(string device, LabelIndexSettings options, DenseMatrix labels, long memoryLimit = 0, int width = 0)
    {
        var opened = memoryLimit > 0 ? GpuDevice.OpenSimulator(memoryLimit, 1) : device == "ilgpu-gpu" ? Gpu.Value : SingleThreads.Value;
        return IlgpuProvider.CreateLabelIndex(opened, options, labels, width);
    }

    /// <summary>The blocks of the index's latest search.</summary>
    public static (int Queries, int Columns) Plan(ILabelIndex index) =>
        index is GpuLabelIndex gpu ? (gpu.Plan.Queries, gpu.Plan.Columns) : throw new ArgumentException("The index has no plan.", nameof(index));

    /// <summary>Builds, searches and disposes indexes of both kinds, one after the other, on one device.</summary>
    public static void AssertMemoryComesBack(DenseMatrix labels, DenseMatrix documents, long memoryLimit)
    {
        using var device = GpuDevice.OpenSimulator(memoryLimit, 1);
        for (var round = 0; round < 2; round++)
        {
            using (var exact = new GpuLabelIndex(device, labels))
                exact.Search(documents, new RankedLabels(documents.RowCount, labels.RowCount, 3), 1);
            Assert.Equal(memoryLimit, device.FreeMemory);
            using (var lists = new GpuIvfLabelIndex(device, labels, new IvfOptions(4, 1, Iterations: 1)))
                lists.Search(documents, new RankedLabels(documents.RowCount, labels.RowCount, 3), 1);
            Assert.Equal(memoryLimit, device.FreeMemory);
        }
    }

    public static IReadOnlyList<string> Kernels() => [.. DeviceKernels.EntryPoints.Select(KernelName)];

    /// <summary>The code of a kernel for a target that need not be on this machine.</summary>
    public static string Compile(string kernel, string target)
    {
        var entry = EntryPointDescription.FromExplicitlyGroupedKernel(DeviceKernels.EntryPoints.Single(method => KernelName(method) == kernel));
        using var context = Context.Create(builder => builder.EnableAlgorithms());
        if (target == "OpenCL")
        {
            var capabilities = new CLCapabilityContext(float16: false, float64: false, genericAddressSpace: true, int64_Atomics: false, subGroups: false);
            using var backend = new CLBackend(context, capabilities, CLDeviceVendor.Other, CLCVersion.CL20);
            return ((CLCompiledKernel)backend.Compile(entry, default)).Source;
        }

        var architecture = target == "SM_90" ? CudaArchitecture.SM_90 : CudaArchitecture.SM_80;
        using var ptx = new PTXBackend(context, architecture, target == "SM_90" ? CudaInstructionSet.ISA_78 : CudaInstructionSet.ISA_70, null!);
        return ((PTXCompiledKernel)ptx.Compile(entry, default)).PTXAssembly;
    }

    private static GpuDevice Device(string device) => (device == "ilgpu-gpu" ? Gpu : Simulator).Value;

    private static string KernelName(MethodInfo method) => method.DeclaringType!.Name;
}
