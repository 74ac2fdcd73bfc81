using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.Text.Synthetic;
using LightDxml.Training;

namespace LightDxml.Torch.Tests;

/// <summary>Small data, random parameters and batches that both engines are given.</summary>
internal static class StepFixture
{
    public const int Points = 40;
    private const int Dimensions = 24;

    public static Dataset Sample { get; } = SyntheticDataset.Generate(new SyntheticOptions
    {
        TrainingPoints = 200,
        TestPoints = 1,
        Labels = 60,
        Features = 300,
        WordsPerPoint = 20,
    }).Train;

    public static TrainingOptions Options(
        double dropout = 0, double featureDropout = 0, bool mixedPrecision = false, RowOptimizer optimizer = RowOptimizer.Rowwise) => new()
        {
            Engine = new EngineOptions { Name = EngineKind.Torch, Device = EngineDevice.Cpu, MixedPrecision = mixedPrecision },
            Encoder = new EncoderOptions { Dimensions = Dimensions, Dropout = dropout, FeatureDropout = featureDropout, Optimizer = optimizer },
            Schedule = new ScheduleOptions { BatchSize = 64 },
        };

    /// <summary>Random parameters off the special starting points, where some gradients vanish.</summary>
    public static DenseNetwork Start()
    {
        var random = new Random(7);
        return new DenseNetwork(
            new DenseEmbeddings(Matrix(Sample.FeatureCount, Dimensions, random, 0.3f)), Matrix(Dimensions, Dimensions, random, 0.2f),
            Matrix(1, Dimensions, random, 0.2f), Matrix(Sample.LabelCount, Dimensions + 1, random, 0.3f));
    }

    public static CpuTrainingEngine CpuEngine(DenseNetwork start, TrainingOptions options)
    {
        var engine = new CpuTrainingEngine(start.FeatureCount, start.LabelCount, options, KernelBackends.Select(), 1);
        foreach (var (from, to) in Matrices(start).Zip(Matrices(engine.Network)))
            from.Span.CopyTo(to.Span);
        return engine;
    }

    /// <summary>A batch whose points take their positives and a few negatives, another number for every point.</summary>
    public static MiniBatch Batch(int step)
    {
        var batch = new MiniBatch(Sample.Features, Points, [.. Enumerable.Range(0, Sample.LabelCount).Select(label => 1 + label % 3)]);
        batch.Begin(step);
        for (var i = 0; i < Points; i++)
        {
            var point = (step * 31 + i) % Sample.PointCount;
            var positives = Sample.Labels.RowColumns(point).ToArray();
            var negatives = Enumerable.Range(i, Sample.LabelCount).Select(label => label % Sample.LabelCount).Where(label => !positives.Contains(label));
            batch.Add(point, [.. positives, .. negatives.Take(5 + i)], positives.Length);
        }

        return batch;
    }

    public static IEnumerable<DenseMatrix> Matrices(DenseNetwork network) =>
        [network.Embeddings.ToMatrix(), network.ResidualWeights, network.ResidualBias, network.Classifier];

    /// <summary>The largest difference of two parameters.</summary>
    public static double Difference(DenseNetwork one, DenseNetwork two) =>
        Matrices(one).Zip(Matrices(two)).Max(pair => Difference(pair.First, pair.Second));

    public static double Difference(DenseMatrix one, DenseMatrix two)
    {
        Assert.Equal((one.RowCount, one.Dimensions), (two.RowCount, two.Dimensions));
        var largest = 0.0;
        for (var row = 0; row < one.RowCount; row++)
        {
            for (var c = 0; c < one.Dimensions; c++)
                largest = Math.Max(largest, Math.Abs((double)one.Row(row)[c] - two.Row(row)[c]));
        }

        return largest;
    }

    private static DenseMatrix Matrix(int rows, int dimensions, Random random, float spread)
    {
        var matrix = new DenseMatrix(rows, dimensions);
        for (var row = 0; row < rows; row++)
        {
            foreach (ref var value in matrix.Row(row))
                value = (random.NextSingle() - 0.4f) * spread;
        }

        return matrix;
    }
}
