using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Training;

namespace LightDxml.Kernels.Ilgpu.Tests;

/// <summary>The devices of a build without ILGPU: none, with the reason.</summary>
internal static class IlgpuDevices
{
    private static InvalidOperationException Missing => new("ILGPU is not in this build.");

    public static string? WhyMissing(string device) => $"{device} is {new IlgpuProvider().WhyMissing}";

    public static IGpuBackend Backend(string device) => throw Missing;

    public static ILabelIndex Index(string device, LabelIndexSettings options, DenseMatrix labels, long memoryLimit = 0) => throw Missing;

    public static (int Queries, int Columns) Plan(ILabelIndex index) => throw Missing;

    public static void AssertMemoryComesBack(DenseMatrix labels, DenseMatrix documents, long memoryLimit) => throw Missing;

    public static IReadOnlyList<string> Kernels() => throw Missing;

    public static string Compile(string kernel, string target) => throw Missing;
}
