namespace LightDxml.Kernels.Tests;

/// <summary>The kernel sets that one test body runs over; the scalar set is the specification the others are held to.</summary>
public static class Backends
{
    public static KernelSet Scalar { get; } = new ScalarKernels();

    /// <summary>Theory data: the name of every kernel set on this processor.</summary>
    public static TheoryData<string> Names { get; } = [.. KernelBackends.Available.Select(kernels => kernels.Name)];

    public static KernelSet Get(string name) => KernelBackends.Select(name);

    /// <summary>Uniform values in [−1, 1) from a seed.</summary>
    public static float[] Random(int length, int seed)
    {
        var random = new Random(seed);
        var values = new float[length];
        for (var i = 0; i < length; i++)
            values[i] = random.NextSingle() * 2 - 1;
        return values;
    }
}
