using BenchmarkDotNet.Attributes;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.TestKit;

namespace LightDxml.Benchmarks;

/// <summary>Exact shortlists in one thread. GFLOP/s are 2 × documents × labels × 304 over the time, selection included.</summary>
public class InnerProductTopKBenchmarks
{
    private const int Dimensions = 304;
    private readonly KernelSet _kernels = KernelBackends.Select();
    private DenseMatrix _documents = null!;
    private DenseMatrix _labels = null!;
    private float[] _scratch = [];
    private RankedLabels _shortlist = null!;

    [Params(1, 256)]
    public int Documents { get; set; }

    [Params(4_271, 20_000)]
    public int Labels { get; set; }

    [Params(200, 600)]
    public int K { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _documents = ClusteredVectors.Create(Documents, Dimensions, 100, 0.7, 1);
        _labels = ClusteredVectors.Create(Labels, Dimensions, 100, 0.7, 2);
        _shortlist = new RankedLabels(Documents, Labels, K);
        _scratch = new float[_kernels.InnerProductTopKScratch(Documents, Labels, Dimensions, K)];
    }

    [Benchmark]
    public void InnerProductTopK() => _kernels.InnerProductTopK(
        _documents.Span, Documents, _documents.Stride, _labels.Span, Labels, _labels.Stride,
        Dimensions, K, _scratch, _shortlist.Labels(0, Documents), _shortlist.Scores(0, Documents));
}
