using BenchmarkDotNet.Attributes;
using LightDxml.Text;
using LightDxml.Text.Synthetic;

namespace LightDxml.Benchmarks.Text;

/// <summary>Fitting and transforming made-up documents from a file, against parsing it only.</summary>
[MemoryDiagnoser]
public class VectorizerBenchmarks
{
    private string _folder = "";

    [Params(1, 2)]
    public int MaxNgram { get; set; }

    private string DataPath => Path.Combine(_folder, "train.jsonl");

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("lightdxml-vectorizer").FullName;
        TextFile.Write(SyntheticText.Generate(new SyntheticOptions { TrainingPoints = 8000, WordsPerPoint = 300 }).Train, DataPath);
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true)]
    public int Parse() => TextFile.Read(DataPath).Count();

    [Benchmark]
    public object OneThread() => Fit(1);

    [Benchmark]
    public object TwoThreads() => Fit(2);

    private FittedText Fit(int threads) =>
        TextDataset.Fit(DataPath, new TextReadOptions { Threads = threads }, new TextVectorizerOptions { MaxNgram = MaxNgram });
}
