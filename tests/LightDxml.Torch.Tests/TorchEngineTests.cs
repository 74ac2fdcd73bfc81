using LightDxml.Data;
using LightDxml.Training;
using static LightDxml.Torch.Tests.StepFixture;

namespace LightDxml.Torch.Tests;

[Collection(TorchTests.Name)]
public sealed class TorchEngineTests
{
    private static readonly LearningRates Rates = new(0.015, 0.002, 0.005);

    // Sums of a few dozen products in another order differ by some 1e-6; Adam's first steps turn the gradient into its sign.
    [SkippableTheory]
    [InlineData(0, 0, 1, RowOptimizer.Rowwise)]
    [InlineData(0.3, 0, 1, RowOptimizer.Rowwise)]
    [InlineData(0.3, 0.2, 1, RowOptimizer.Adam)]
    [InlineData(0.3, 0.2, 4, RowOptimizer.Adam)]
    [InlineData(0.3, 0.2, 4, RowOptimizer.Rowwise)]
    public void Train_SameParametersAndBatch_AgreesWithTheCpuEngine(double dropout, double featureDropout, int steps, RowOptimizer optimizer)
    {
        var provider = TorchBuild.Require();
        var options = Options(dropout, featureDropout, optimizer: optimizer);
        using var expected = CpuEngine(Start(), options);
        using var actual = provider.CreateEngine(Start(), options, 1);
        for (var step = 1; step <= steps; step++)
        {
            var loss = expected.Train(Batch(step), Rates, wantLoss: true);
            Assert.Equal(loss, actual.Train(Batch(step), Rates, wantLoss: true), 1e-4 * loss);
        }

        Assert.InRange(Difference(expected.Export(), actual.Export()), 0, 1e-4);
        Assert.InRange(Difference(Start(), actual.Export()), 1e-3, 1);
    }

    [SkippableFact]
    public void Train_TouchesOnlyTheRowsOfTheBatch()
    {
        using var engine = TorchBuild.Require().CreateEngine(Start(), Options(), 1);
        var batch = new MiniBatch(Sample.Features, Points);
        batch.Begin(1);
        batch.Add(2, [5, 1], 1);
        engine.Train(batch, Rates, wantLoss: false);
        var (before, after) = (Start(), engine.Export());
        for (var label = 0; label < Sample.LabelCount; label++)
            Assert.Equal(label is 5 or 1, !before.Classifier.Row(label).SequenceEqual(after.Classifier.Row(label)));
        var words = Sample.Features.RowColumns(2).ToArray();
        for (var feature = 0; feature < Sample.FeatureCount; feature++)
            Assert.Equal(words.Contains(feature), !before.Embeddings.ToMatrix().Row(feature).SequenceEqual(after.Embeddings.ToMatrix().Row(feature)));
    }

    [SkippableFact]
    public void Train_PointsWithoutFeatures_LeaveTheEmbeddings()
    {
        using var engine = TorchBuild.Require().CreateEngine(Start(), Options(), 1);
        var batch = new MiniBatch(new SparseMatrix(2, Sample.FeatureCount, new long[3], [], []), Points);
        batch.Begin(1);
        batch.Add(0, [3, 4], 1);
        batch.Add(1, [4, 3], 1);
        Assert.InRange(engine.Train(batch, Rates, wantLoss: true), 0.1, 10);
        Assert.Equal(0, Difference(Start().Embeddings.ToMatrix(), engine.Export().Embeddings.ToMatrix()));
    }

    [SkippableFact]
    public void Train_LossNotWanted_TrainsTheSame()
    {
        var provider = TorchBuild.Require();
        using var one = provider.CreateEngine(Start(), Options(0.3), 1);
        using var two = provider.CreateEngine(Start(), Options(0.3), 1);
        Assert.True(one.Train(Batch(1), Rates, wantLoss: true) > 0);
        Assert.Equal(0, two.Train(Batch(1), Rates, wantLoss: false));
        Assert.Equal(0, Difference(one.Export(), two.Export()));
    }

    [SkippableTheory]
    [InlineData(RowOptimizer.Rowwise, false)]
    [InlineData(RowOptimizer.Adam, true)]
    public async Task Train_GarbageIsCollectedMeanwhile_TrainsTheSame(RowOptimizer optimizer, bool mixedPrecision)
    {
        // What TorchSharp lets go of during a call must not be freed under libtorch (KeptScalars). Optimised code lets go earlier, so many steps.
        var provider = TorchBuild.Require();
        using var quiet = provider.CreateEngine(Start(), Options(0.3, 0.2, mixedPrecision, optimizer), 1);
        using var disturbed = provider.CreateEngine(Start(), Options(0.3, 0.2, mixedPrecision, optimizer), 1);
        for (var step = 1; step <= 300; step++)
            quiet.Train(Batch(step), Rates, wantLoss: false);
        using var done = new CancellationTokenSource();
        var collector = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        for (var step = 1; step <= 300; step++)
        {
            disturbed.Train(Batch(step), Rates, wantLoss: false);
            Encodings(disturbed);
        }

        await done.CancelAsync();
        await collector;
        Assert.Equal(0, Difference(quiet.Export(), disturbed.Export()));
    }

    [SkippableFact]
    public void Train_MixedPrecision_StaysNearSinglePrecision()
    {
        var provider = TorchBuild.Require();
        using var single = provider.CreateEngine(Start(), Options(0.3), 1);
        using var mixed = provider.CreateEngine(Start(), Options(0.3, mixedPrecision: true), 1);
        for (var step = 1; step <= 10; step++)
        {
            // bfloat16 keeps 8 bits: products of inputs so rounded are right to some 0.4 %.
            var loss = single.Train(Batch(step), Rates, wantLoss: true);
            Assert.Equal(loss, mixed.Train(Batch(step), Rates, wantLoss: true), 0.02 * loss);
        }

        Assert.InRange(Difference(single.Export(), mixed.Export()), 1e-6, 0.3);
    }

    [SkippableFact]
    public void Encode_AgreesWithTheCpuEngine()
    {
        var provider = TorchBuild.Require();
        using var expected = CpuEngine(Start(), Options());
        using var actual = provider.CreateEngine(Start(), Options(), 1);
        Assert.InRange(Difference(Encodings(expected), Encodings(actual)), 0, 1e-5);

        // The engine encodes with the parameters as they stand, not with those that it started from.
        var before = Encodings(actual);
        expected.Train(Batch(1), Rates, wantLoss: false);
        actual.Train(Batch(1), Rates, wantLoss: false);
        Assert.InRange(Difference(before, Encodings(actual)), 1e-3, 10);
        Assert.InRange(Difference(Encodings(expected), Encodings(actual)), 0, 1e-4);
    }

    [SkippableFact]
    public void Encode_UnknownFeature_IsAnError()
    {
        using var engine = TorchBuild.Require().CreateEngine(Start(), Options(), 1);
        var features = new SparseMatrix(1, Sample.FeatureCount + 1, [0, 1], [Sample.FeatureCount], [1f]);
        var error = Assert.Throws<LightDxmlException>(() => engine.Encode(features, new DenseMatrix(1, 24)));
        Assert.Contains($"{Sample.FeatureCount + 1} features", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void LiveTensors_AfterTheEngine_AreAsManyAsBefore()
    {
        var provider = TorchBuild.Require();
        var before = LiveTensors.Count;
        using (var engine = provider.CreateEngine(Start(), Options(0.3, 0.2, mixedPrecision: true), 1))
        {
            engine.Train(Batch(1), Rates, wantLoss: true);
            var running = LiveTensors.Count;
            Assert.True(running > before);
            for (var step = 2; step < 6; step++)
                engine.Train(Batch(step), Rates, wantLoss: step % 2 == 0);
            Encodings(engine);
            engine.Export();
            Assert.Equal(running, LiveTensors.Count);
        }

        Assert.Equal(before, LiveTensors.Count);
    }

    [SkippableFact]
    public void CreateEngine_CudaWithoutADevice_SaysSo()
    {
        var provider = TorchBuild.Require();
        Skip.If(provider.FindAccelerators().Any(name => name.StartsWith("cuda", StringComparison.Ordinal)), "This machine has a CUDA device.");
        var options = Options();
        options = options with { Engine = options.Engine with { Device = EngineDevice.Cuda } };
        var error = Assert.Throws<LightDxmlException>(() => provider.CreateEngine(Start(), options, 1));
        Assert.StartsWith("engine.device=cuda", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Name_SaysWhatItRunsOn()
    {
        using var engine = TorchBuild.Require().CreateEngine(Start(), Options(), 1);
        Assert.Equal("torch on cpu (threads: 1)", engine.Name);
    }

    private static DenseMatrix Encodings(ITrainingEngine engine)
    {
        var encodings = new DenseMatrix(Sample.PointCount, 24);
        engine.Encode(Sample.Features, encodings);
        return encodings;
    }
}
