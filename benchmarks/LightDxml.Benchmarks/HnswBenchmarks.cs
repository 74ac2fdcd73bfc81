using BenchmarkDotNet.Attributes;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels;
using LightDxml.TestKit;

namespace LightDxml.Benchmarks;

/// <summary>HNSW over 20,000 labels of 128 dimensions, M 16, efConstruction 200, in one thread. For recall run <c>recall</c>.</summary>
public class HnswBenchmarks
{
    private const int Labels = 20_000;
    private const int Documents = 1_000;
    private readonly KernelSet _kernels = KernelBackends.Select();
    private readonly RankedLabels _shortlist = new(Documents, Labels, 10);
    private DenseMatrix _labels = null!;
    private DenseMatrix _documents = null!;
    private HnswLabelIndex _index = null!;

    [GlobalSetup]
    public void Setup()
    {
        var vectors = ClusteredVectors.Create(Labels + Documents, 128, 200, 0.7);
        _labels = ClusteredVectors.Part(vectors, 0, Labels);
        _documents = ClusteredVectors.Part(vectors, Labels, Documents);
        _index = new HnswLabelIndex(_labels, new HnswOptions(EfSearch: 50), _kernels, 1);
    }

    [Benchmark]
    public object Build() => new HnswLabelIndex(_labels, new HnswOptions(), _kernels, 1);

    [Benchmark(OperationsPerInvoke = Documents)]
    public void SearchTenAtEf50() => _index.Search(_documents, _shortlist, 1);
}
