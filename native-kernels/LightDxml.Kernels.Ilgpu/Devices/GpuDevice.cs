using System.Globalization;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using LightDxml.Providers;

namespace LightDxml.Kernels.Ilgpu.Devices;

/// <summary>An accelerator with the kernels compiled for it. Indexes share one; each call of theirs holds <see cref="Gate"/>.</summary>
internal sealed class GpuDevice : IDisposable
{
    /// <summary>The part of the free memory that is planned with: drivers, fragments and other programs need some too.</summary>
    private const double UsedShare = 0.9;

    // Multiply-adds of a multiprocessor and cycle: those of most CUDA devices, and of other makers' GPUs.
    private const int CudaLanes = 128;
    private const int OpenCLLanes = 64;

    private readonly Context _context;
    private readonly Device _device;
    private readonly long? _memoryLimit;
    private long _allocated;

    private GpuDevice(Context context, Device device, long? memoryLimit, int mostGroupSize)
    {
        _context = context;
        _device = device;
        _memoryLimit = memoryLimit;
        Accelerator = device.CreateAccelerator(context);
        Kernels = new DeviceKernels(Accelerator);
        Name = NameOf(device);

        // The largest powers of 2 that the device runs as one group.
        var most = Math.Min(mostGroupSize, Accelerator.MaxNumThreadsPerGroup);
        while (TileSide * 2 <= Ilgpu.Kernels.InnerProducts.MostSide && TileSide * 2 * TileSide * 2 <= most)
            TileSide *= 2;
        while (GroupSize * 2 <= Ilgpu.Kernels.GroupSum.MostThreads && GroupSize * 2 <= most)
            GroupSize *= 2;
    }

    /// <summary>Kind and name, as in <c>Cuda NVIDIA …</c>.</summary>
    public string Name { get; }

    /// <summary>Devices that come before it, and why they were not taken.</summary>
    internal IReadOnlyList<string> PassedOver { get; private set; } = [];

    internal Accelerator Accelerator { get; }

    internal DeviceKernels Kernels { get; }

    /// <summary>Held while streams or buffers of the device are in use.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Threads of a group of one dimension.</summary>
    internal int GroupSize { get; } = 1;

    /// <summary>Threads a side of a square group.</summary>
    internal int TileSide { get; } = 1;

    /// <summary>Bytes that may be planned with now. Only CUDA tells what is free; elsewhere, what other programs hold is not known.</summary>
    internal long FreeMemory => _memoryLimit is null && Accelerator is CudaAccelerator cuda
        ? (long)(UsedShare * cuda.GetFreeMemory())
        : (_memoryLimit ?? (long)(UsedShare * Accelerator.MemorySize)) - _allocated;

    /// <summary>The CUDA and OpenCL devices on this machine, a line each.</summary>
    /// <exception cref="ProviderMissingException">ILGPU cannot be started.</exception>
    public static IReadOnlyList<string> List()
    {
        using var context = CreateContext();
        return [.. DeviceChoice.InOrder(Found(context)).Select(device => string.Create(
            CultureInfo.InvariantCulture,
            $"{device.Name}, {device.MemoryBytes / (double)(1L << 30):F1} GiB{(device.WhyRefused is { } reason ? $"; cannot be used: {reason}" : "")}"))];
    }

    /// <summary>Whether a GPU is among them. Quick: nothing is opened or compiled.</summary>
    /// <exception cref="ProviderMissingException">ILGPU cannot be started.</exception>
    internal static bool IsGpuHere()
    {
        using var context = CreateContext();
        return Found(context).Any(device => device is { IsGpu: true, WhyRefused: null });
    }

    /// <summary>What the choice between GPU and processor needs to know.</summary>
    internal Gpu AsGpu() => new(Name, MultiplyAddsPerSecond(_device), _device.MemorySize, string.Join("; ", PassedOver));

    /// <summary>Opens a GPU, of several the one of most memory; the next one where that fails.</summary>
    /// <param name="onlyGpus">False for tests, which run on any device.</param>
    /// <exception cref="ProviderMissingException">No device is found, or none can be used; the message says why.</exception>
    public static GpuDevice Open(bool onlyGpus = true)
    {
        IReadOnlyList<FoundDevice> found;
        using (var context = CreateContext())
            found = Found(context);
        var opened = DeviceChoice.Open(found, onlyGpus, Opened, out var passedOver);
        opened.PassedOver = passedOver;
        return opened;

        // A compilation that fails spoils its context, so every device is tried in a new one.
        static GpuDevice Opened(FoundDevice device)
        {
            var context = CreateContext();
            try
            {
                return new GpuDevice(context, Devices(context)[device.Place], null, int.MaxValue);
            }
            catch
            {
                context.Dispose();
                throw;
            }
        }
    }

    /// <summary>ILGPU's CPU accelerator, which simulates a device of 2 threads a group: for tests, and for nothing else.</summary>
    /// <param name="memoryLimit">Bytes that may be planned with.</param>
    /// <param name="mostGroupSize">1 for what is not about groups: threads that wait for each other take milliseconds a barrier.</param>
    internal static GpuDevice OpenSimulator(long memoryLimit = 1L << 28, int mostGroupSize = 2)
    {
        var context = Context.Create(builder => builder.CPU(new CPUDevice(2, 1, 1)).EnableAlgorithms());
        return new GpuDevice(context, context.GetCPUDevice(0), memoryLimit, mostGroupSize);
    }

    /// <summary>The error of a driver that refuses what it was asked for.</summary>
    internal LightDxmlException Failed(AcceleratorException exception) => new($"{Name} failed: {exception.Message.ReplaceLineEndings(" ")}", exception);

    /// <summary>Notes that device memory was taken, or given back.</summary>
    internal void Account(long bytes) => _allocated += bytes;

    public void Dispose()
    {
        Accelerator.Dispose();
        _context.Dispose();
    }

    // Without predicates of ILGPU's own, which drop OpenCL devices that it cannot use: they are named, with the reason.
    private static Context CreateContext()
    {
        try
        {
            return Context.Create(builder => builder.Cuda().OpenCL(_ => true).EnableAlgorithms());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new ProviderMissingException($"ILGPU cannot be started: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    private static IReadOnlyList<Device> Devices(Context context) => [.. context.Devices.Where(device => device is CudaDevice or CLDevice)];

    private static IReadOnlyList<FoundDevice> Found(Context context) => [.. Devices(context).Select((device, place) => new FoundDevice(
        place, NameOf(device), device.MemorySize,
        device is CudaDevice || device is CLDevice open && open.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_GPU),
        device is CLDevice { Capabilities.GenericAddressSpace: false } ? "no generic address space" : null))];

    // CUDA's clock is in kHz, OpenCL's in MHz.
    private static double MultiplyAddsPerSecond(Device device) => device.NumMultiprocessors * (device switch
    {
        CudaDevice cuda => CudaLanes * 1e3 * cuda.ClockRate,
        CLDevice open => OpenCLLanes * 1e6 * open.ClockRate,
        _ => 0,
    });

    private static string NameOf(Device device) => $"{device.AcceleratorType} {device.Name}";
}
