using BenchmarkDotNet.Attributes;
using LightDxml.Kernels;

namespace LightDxml.Benchmarks;

/// <summary>Selection of the k best of a row of scores.</summary>
public class TopKBenchmarks
{
    private readonly KernelSet _kernels = KernelBackends.Select();
    private float[] _scores = [];
    private int[] _indices = [];
    private float[] _best = [];

    /// <summary>Scores and k.</summary>
    [ParamsSource(nameof(Shapes))]
    public (int Count, int K) Shape { get; set; }

    public static IEnumerable<(int Count, int K)> Shapes => [(400, 5), (4000, 5), (4000, 500), (100_000, 100)];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _scores = [.. Enumerable.Range(0, Shape.Count).Select(_ => random.NextSingle())];
        _indices = new int[Shape.K];
        _best = new float[Shape.K];
    }

    [Benchmark]
    public void TopK() => _kernels.TopK(_scores, _indices, _best);
}
