using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LightDxml.Cli.Output;

/// <summary>What is known of the processor that we run on.</summary>
internal static class Processor
{
    /// <summary>The name that the system gives it, where it gives one.</summary>
    public static string Name
    {
        get
        {
            const string table = "/proc/cpuinfo";
            var line = File.Exists(table) ? File.ReadLines(table).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
            return line?.Split(':', 2)[^1].Trim()
                ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
                ?? "processor of unknown name";
        }
    }

    /// <summary>The vector widths that .NET uses here.</summary>
    public static string Vectors => List(
        ("Vector512", Vector512.IsHardwareAccelerated), ("Vector256", Vector256.IsHardwareAccelerated), ("Vector128", Vector128.IsHardwareAccelerated));

    public static string InstructionSets => List(
        ("Avx512F", Avx512F.IsSupported), ("Avx2", Avx2.IsSupported), ("Fma", Fma.IsSupported), ("AdvSimd", AdvSimd.IsSupported));

    private static string List(params (string Name, bool Here)[] features) =>
        string.Join(", ", features.Select(feature => feature.Here ? feature.Name : $"no {feature.Name}"));
}
