using LightDxml.Data;

namespace LightDxml.Kernels.Ilgpu.Tests;

/// <summary>The backends that one test body runs over; the GPU is skipped where the machine has none, with the reason.</summary>
internal static class Backends
{
    /// <summary>ILGPU's devices: its simulator, and the machine's GPU.</summary>
    public static readonly string[] Devices = ["ilgpu-simulator", "ilgpu-gpu"];

    /// <summary>Theory data: the name of every backend; the scalar kernels are the definition that all are held to.</summary>
    public static TheoryData<string> Names { get; } = ["scalar", "simd", .. Devices];

    /// <summary>Theory data: the names of ILGPU's devices.</summary>
    public static TheoryData<string> DeviceNames { get; } = [.. Devices];

    /// <summary>Theory data: each of the first with each of the second.</summary>
    public static TheoryData<string, string> Pairs(string[] first, string[] second)
    {
        var pairs = new TheoryData<string, string>();
        foreach (var (one, other) in first.SelectMany(one => second.Select(other => (one, other))))
            pairs.Add(one, other);
        return pairs;
    }

    public static IGpuBackend Scalar { get; } = new CpuBackend(new ScalarKernels());

    public static IGpuBackend Get(string name)
    {
        switch (name)
        {
            case "scalar":
                return Scalar;
            case "simd":
                return new CpuBackend(new SimdKernels());
            default:
                SkipWhereMissing(name);
                return IlgpuDevices.Backend(name);
        }
    }

    /// <summary>Skips the test where the machine has no GPU.</summary>
    public static void SkipWhereMissing(string device)
    {
        var reason = IlgpuDevices.WhyMissing(device);
        Skip.If(reason is not null, reason ?? "");
    }

    /// <summary>Uniform values in [−1, 1) from a seed.</summary>
    public static DenseMatrix Random(int rows, int dimensions, int seed)
    {
        var random = new Random(seed);
        var matrix = new DenseMatrix(rows, dimensions);
        for (var row = 0; row < rows; row++)
        {
            foreach (ref var value in matrix.Row(row))
                value = random.NextSingle() * 2 - 1;
        }

        return matrix;
    }

    /// <summary>Whole numbers from −3 to 3: their products are exact in any order of summation, and full of ties.</summary>
    public static DenseMatrix WholeNumbers(int rows, int dimensions, int seed)
    {
        var random = new Random(seed);
        var matrix = new DenseMatrix(rows, dimensions);
        for (var row = 0; row < rows; row++)
        {
            foreach (ref var value in matrix.Row(row))
                value = random.Next(-3, 4);
        }

        return matrix;
    }
}
