namespace LightDxml.Kernels.Tests;

/// <summary>The kernel sets that one test body runs over; the scalar set is the specification the others are held to.</summary>
internal static class Backends
{
    // Every width runs everywhere: what the processor lacks, .NET puts together from narrower vectors.
    // DOTNET_EnableAVX512=0 and DOTNET_EnableAVX2=0 take the wider instructions away from a whole test run.
    private static readonly Dictionary<string, KernelSet> Sets = new()
    {
        ["scalar"] = new ScalarKernels(),
        ["simd-512"] = new SimdKernels(512),
        ["simd-256"] = new SimdKernels(256),
        ["simd-128"] = new SimdKernels(128),
    };

    public static KernelSet Scalar { get; } = new ScalarKernels();

    /// <summary>Theory data: the name of every kernel set on this processor, the SIMD set at each vector width.</summary>
    public static TheoryData<string> Names { get; } = [.. Sets.Keys];

    public static KernelSet Get(string name) => Sets[name];

    /// <summary>Uniform values in [−1, 1) from a seed.</summary>
    public static float[] Random(int length, int seed)
    {
        var random = new Random(seed);
        var values = new float[length];
        for (var i = 0; i < length; i++)
            values[i] = random.NextSingle() * 2 - 1;
        return values;
    }

    /// <summary>Whole numbers from −3 to 3 from a seed: their products are exact in any order of summation.</summary>
    public static float[] WholeNumbers(int length, int seed)
    {
        var random = new Random(seed);
        var values = new float[length];
        for (var i = 0; i < length; i++)
            values[i] = random.Next(-3, 4);
        return values;
    }
}
