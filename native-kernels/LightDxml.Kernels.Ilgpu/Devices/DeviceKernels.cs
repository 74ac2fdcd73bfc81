using System.Reflection;
using ILGPU;
using ILGPU.Runtime;

namespace LightDxml.Kernels.Ilgpu.Devices;

/// <summary>The kernels, compiled for one device. A launcher takes the stream, the grid with its group, and the kernel's arguments.</summary>
internal sealed class DeviceKernels(Accelerator accelerator)
{
    /// <summary>The entry point of every kernel.</summary>
    public static IReadOnlyList<MethodInfo> EntryPoints { get; } =
    [
        ((Delegate)Kernels.InnerProducts.Run).Method,
        ((Delegate)Kernels.SelectBest.Run).Method,
        ((Delegate)Kernels.RankBest.Run).Method,
        ((Delegate)Kernels.ListProducts.Run).Method,
        ((Delegate)Kernels.NormalizeRows.Run).Method,
        ((Delegate)Kernels.LabelCentroids.Run).Method,
    ];

    public Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<float>, int, int, int> InnerProducts { get; } =
        accelerator.LoadKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>, int, int, int>(Kernels.InnerProducts.Run);

    public Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<int>, ArrayView<int>, int, int, int, ArrayView<ulong>, ArrayView<ulong>, ArrayView<ulong>, int> SelectBest { get; } =
        accelerator.LoadKernel<ArrayView<float>, ArrayView<int>, ArrayView<int>, int, int, int, ArrayView<ulong>, ArrayView<ulong>, ArrayView<ulong>, int>(Kernels.SelectBest.Run);

    public Action<AcceleratorStream, KernelConfig, ArrayView<ulong>, ArrayView<int>, ArrayView<float>, int, int> RankBest { get; } =
        accelerator.LoadKernel<ArrayView<ulong>, ArrayView<int>, ArrayView<float>, int, int>(Kernels.RankBest.Run);

    public Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<int>, ArrayView<int>, ArrayView<ulong>, ArrayView<float>, ArrayView<int>, ArrayView<int>, int, int, int> ListProducts { get; } =
        accelerator.LoadKernel<ArrayView<float>, ArrayView<float>, ArrayView<int>, ArrayView<int>, ArrayView<ulong>, ArrayView<float>, ArrayView<int>, ArrayView<int>, int, int, int>(Kernels.ListProducts.Run);

    public Action<AcceleratorStream, KernelConfig, ArrayView<float>, int> NormalizeRows { get; } =
        accelerator.LoadKernel<ArrayView<float>, int>(Kernels.NormalizeRows.Run);

    public Action<AcceleratorStream, KernelConfig, ArrayView<int>, ArrayView<int>, ArrayView<float>, ArrayView<float>, int> LabelCentroids { get; } =
        accelerator.LoadKernel<ArrayView<int>, ArrayView<int>, ArrayView<float>, ArrayView<float>, int>(Kernels.LabelCentroids.Run);
}
