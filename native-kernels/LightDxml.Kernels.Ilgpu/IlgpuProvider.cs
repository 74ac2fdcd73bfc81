using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels.Ilgpu.Devices;
using LightDxml.Kernels.Ilgpu.Search;
using LightDxml.Providers;

namespace LightDxml.Kernels.Ilgpu;

/// <summary>Shortlisting on the GPU. The device is opened when the first index is built, and serves all of them.</summary>
internal sealed class IlgpuProvider : ILabelIndexProvider
{
    private readonly Lazy<GpuDevice> _device = new(() => GpuDevice.Open());

    public string Name => "ilgpu";

    public IReadOnlyList<string> Offers { get; } = ["label index gpu", "label index gpu-ivf"];

    public string? WhyMissing => null;

    public IReadOnlyList<string> FindAccelerators() => GpuDevice.List();

    public Gpu? FindGpu() => _device.IsValueCreated || GpuDevice.IsGpuHere() ? _device.Value.AsGpu() : null;

    public ILabelIndex CreateLabelIndex(LabelIndexSettings settings, DenseMatrix labelEmbeddings, int width) =>
        CreateLabelIndex(_device.Value, settings, labelEmbeddings, width);

    internal static ILabelIndex CreateLabelIndex(GpuDevice device, LabelIndexSettings settings, DenseMatrix labelEmbeddings, int width)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Kind == "gpu-ivf"
            ? new GpuIvfLabelIndex(device, labelEmbeddings, new IvfOptions(settings.Clusters, settings.Probes, Seed: settings.Seed, Width: width).OnGpu)
            : new GpuLabelIndex(device, labelEmbeddings);
    }
}
