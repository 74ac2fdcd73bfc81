using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class CpuTrainingEngineTests
{
    private const int Dimensions = 7;
    private const int Points = 6;

    public static TheoryData<string> Backends { get; } = [.. KernelBackends.Available.Select(kernels => kernels.Name)];

    [Theory]
    [MemberData(nameof(Backends))]
    public void Train_GradientOfEveryParameter_EqualsFiniteDifferences(string backend) => CheckGradients(backend, weighted: false);

    [Theory]
    [MemberData(nameof(Backends))]
    public void Train_LabelsOfDifferentWeights_GradientsEqualFiniteDifferencesToo(string backend) => CheckGradients(backend, weighted: true);

    private static void CheckGradients(string backend, bool weighted)
    {
        var data = SmallData.Learnable(Points, 8, 3);
        var options = Options(dropout: 0.4, RowOptimizer.Adam);
        using var engine = new CpuTrainingEngine(data.FeatureCount, data.LabelCount, options, KernelBackends.Select(backend), 1);
        var start = new ReferenceNetwork(engine.Export());
        Disturb(engine, start);
        var batch = Batch(data, weighted);
        var reference = new ReferenceLoss(data, batch, options);
        var loss = engine.Train(batch, new LearningRates(1e-6, 1e-6, 1e-6), wantLoss: true);
        Assert.Equal(reference.Of(start), loss, 1e-4);

        // After one step Adam's first moment is (1 − β₁) g = g / 10, which shows the gradient that the step used.
        foreach (var (parameters, moments) in start.Parameters.Zip(engine.FirstMoments))
        {
            for (var row = 0; row < parameters.Length; row++)
            {
                for (var c = 0; c < parameters[row].Length; c++)
                {
                    var expected = reference.Derivative(start, parameters[row], c);
                    Assert.Equal(expected, moments.Row(row)[c] * 10, 2e-4 * Math.Max(1, Math.Abs(expected)));
                }
            }
        }
    }

    [Fact]
    public void Train_Rowwise_FirstStepGoesATenthOfTheRateAgainstTheRowsGradient()
    {
        var data = SmallData.Learnable(Points, 8, 3);
        using var adam = new CpuTrainingEngine(data.FeatureCount, data.LabelCount, Options(0.4, RowOptimizer.Adam), KernelBackends.Select(), 1);
        using var rowwise = new CpuTrainingEngine(data.FeatureCount, data.LabelCount, Options(0.4), KernelBackends.Select(), 1);
        var before = rowwise.Export();
        adam.Train(Batch(data), new LearningRates(0.1, 0.1, 0.1), wantLoss: false);
        rowwise.Train(Batch(data), new LearningRates(0.1, 0.1, 0.1), wantLoss: false);
        var after = rowwise.Export();
        var gradients = adam.FirstMoments.ToArray();
        AssertMoved(before.Embeddings.ToMatrix(), after.Embeddings.ToMatrix(), gradients[0]);
        AssertMoved(before.Classifier, after.Classifier, gradients[3]);
    }

    [Fact]
    public void Train_TouchesOnlyTheRowsOfTheBatch()
    {
        var data = SmallData.Learnable(Points, 8, 3);
        using var engine = new CpuTrainingEngine(data.FeatureCount, data.LabelCount, Options(0), KernelBackends.Select(), 1);
        var before = engine.Export();
        var batch = new MiniBatch(data.Features, Points);
        batch.Begin(1);
        batch.Add(2, [5, 1], 1);
        engine.Train(batch, new LearningRates(0.1, 0.1, 0.1), wantLoss: false);
        var after = engine.Export();
        for (var label = 0; label < data.LabelCount; label++)
            Assert.Equal(label is 5 or 1, !before.Classifier.Row(label).SequenceEqual(after.Classifier.Row(label)));
        var words = data.Features.RowColumns(2).ToArray();
        for (var feature = 0; feature < data.FeatureCount; feature++)
        {
            if (!words.Contains(feature))
                Assert.True(before.Embeddings.ToMatrix().Row(feature).SequenceEqual(after.Embeddings.ToMatrix().Row(feature)));
        }
    }

    [Fact]
    public void Train_ResidualWeights_StayAtSpectralNormOne()
    {
        var data = SmallData.Learnable(60, 8, 4);
        using var engine = new CpuTrainingEngine(data.FeatureCount, data.LabelCount, Options(0), KernelBackends.Select(), 1);
        var batch = new MiniBatch(data.Features, 60);
        for (var step = 1; step <= 200; step++)
        {
            batch.Begin(step);
            for (var point = 0; point < 60; point++)
                batch.Add(point, [data.Labels.RowColumns(point)[0], (point + step) % 8 == data.Labels.RowColumns(point)[0] ? (point + step + 1) % 8 : (point + step) % 8], 1);
            engine.Train(batch, new LearningRates(0.02, 0.02, 0.02), wantLoss: false);
        }

        var weights = engine.Export().ResidualWeights;
        var norm = LargestSingularValue(weights);

        // One round of power iteration a step follows a slowly moving W closely, not exactly.
        Assert.InRange(norm, 0.5, 1.02);
    }

    /// <summary>Each row went 0.1 · 0.1 · g / √(mean g²) down, as v̂ = mean g² and u = 1 − β₁ after one step; untouched rows stayed.</summary>
    private static void AssertMoved(DenseMatrix before, DenseMatrix after, DenseMatrix gradients)
    {
        for (var row = 0; row < before.RowCount; row++)
        {
            var root = Math.Sqrt(gradients.Row(row).ToArray().Sum(g => (double)g * g) / before.Dimensions);
            for (var c = 0; c < before.Dimensions; c++)
                Assert.Equal(root == 0 ? 0 : -0.01 * gradients.Row(row)[c] / root, after.Row(row)[c] - before.Row(row)[c], 1e-5);
        }
    }

    private static TrainingOptions Options(double dropout, RowOptimizer optimizer = RowOptimizer.Rowwise) => new()
    {
        Encoder = new EncoderOptions { Dimensions = Dimensions, Dropout = dropout, BiasStart = -0.5, Optimizer = optimizer },
        Schedule = new ScheduleOptions { BatchSize = 64 },
    };

    /// <param name="weighted">Whether labels weigh differently.</param>
    private static MiniBatch Batch(Dataset data, bool weighted = false)
    {
        float[]? weights = weighted ? [.. Enumerable.Range(0, data.LabelCount).Select(label => 0.5f + label)] : null;
        var batch = new MiniBatch(data.Features, Points, weights);
        batch.Begin(1);
        for (var point = 0; point < Points; point++)
        {
            var positives = data.Labels.RowColumns(point).ToArray();
            batch.Add(point, [.. positives, .. Enumerable.Range(0, data.LabelCount).Where(label => !positives.Contains(label)).Take(point)], positives.Length);
        }

        return batch;
    }

    /// <summary>Moves classifier, W and b off their special starting points, where some gradients vanish; the reference too.</summary>
    private static void Disturb(CpuTrainingEngine engine, ReferenceNetwork reference)
    {
        var random = new Random(1);
        var matrices = new[] { engine.Network.Embeddings.ToMatrix(), engine.Network.ResidualWeights, engine.Network.ResidualBias, engine.Network.Classifier };
        foreach (var (matrix, rows) in matrices.Zip(reference.Parameters))
        {
            for (var row = 0; row < rows.Length; row++)
            {
                for (var c = 0; c < rows[row].Length; c++)
                {
                    matrix.Row(row)[c] += random.NextSingle() - 0.4f;
                    rows[row][c] = matrix.Row(row)[c];
                }
            }
        }
    }

    private static double LargestSingularValue(DenseMatrix matrix)
    {
        var vector = Enumerable.Repeat(1.0, matrix.Dimensions).ToArray();
        var norm = 0.0;
        for (var round = 0; round < 500; round++)
        {
            var image = Enumerable.Range(0, matrix.RowCount).Select(r => Enumerable.Range(0, vector.Length).Sum(c => matrix.Row(r)[c] * vector[c])).ToArray();
            vector = [.. Enumerable.Range(0, vector.Length).Select(c => Enumerable.Range(0, image.Length).Sum(r => matrix.Row(r)[c] * image[r]))];
            norm = Math.Sqrt(vector.Sum(value => value * value));
            vector = [.. vector.Select(value => value / norm)];
        }

        return Math.Sqrt(norm);
    }
}
