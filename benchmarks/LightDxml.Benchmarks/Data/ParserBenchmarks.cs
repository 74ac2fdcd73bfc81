using BenchmarkDotNet.Attributes;
using LightDxml.Data;

namespace LightDxml.Benchmarks.Data;

/// <summary>Reading a generated data set in XML-repository text, plain and compressed, against reading its bytes.</summary>
[MemoryDiagnoser]
public class ParserBenchmarks
{
    private string _folder = "";

    [Params("", ".gz", ".br")]
    public string Compression { get; set; } = "";

    private string DataPath => Path.Combine(_folder, "points.txt" + Compression);

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("lightdxml-parser").FullName;
        DatasetFile.Write(RandomPoints.Create(pointCount: 8000, featureCount: 20_000, featuresPerPoint: 150), DataPath);
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true)]
    public int ReadBytes() => File.ReadAllBytes(DataPath).Length;

    [Benchmark]
    public Dataset OneThread() => DatasetFile.Read(DataPath, threads: 1);

    [Benchmark]
    public Dataset TwoThreads() => DatasetFile.Read(DataPath, threads: 2);
}
