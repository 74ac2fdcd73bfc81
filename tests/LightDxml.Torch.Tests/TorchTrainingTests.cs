using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Text.Synthetic;
using LightDxml.Training;

namespace LightDxml.Torch.Tests;

[Collection(TorchTests.Name)]
public sealed class TorchTrainingTests
{
    public TorchTrainingTests() => TorchBuild.Register();

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(60)]
    public void Train_SyntheticData_IsAsAccurateAsTheCpuEngine(int width)
    {
        TorchBuild.Require();
        var (train, test) = SyntheticDataset.Generate(new SyntheticOptions
        {
            TrainingPoints = 1500,
            TestPoints = 1000,
            Labels = 200,
            Features = 1200,
            Noise = 0.3,
        });
        var options = new TrainingOptions
        {
            Head = Head.Dense,
            Encoder = new EncoderOptions { Dimensions = 64 },
            Proxy = new ProxyOptions { Hidden = 64, Passes = 2 },
            Schedule = new ScheduleOptions { Epochs = 12, BatchSize = 64 },
            Shortlist = new ShortlistOptions { Width = width },
            Negatives = new NegativeOptions { Uniform = 40, Hard = 40 },
        };
        var expected = P1(Train(train, EngineKind.Cpu, options), test);
        var actual = P1(Train(train, EngineKind.Torch, options), test);

        // A point of P@1 is ten of the thousand test points, the sampling error three times that.
        Assert.InRange(expected, 0.5, 1);
        Assert.InRange(actual, expected - 0.015, 1);
    }

    [SkippableFact]
    public void Save_ModelOfTheTorchEngine_PredictsTheSameAfterLoading()
    {
        TorchBuild.Require();
        var options = new TrainingOptions
        {
            Encoder = new EncoderOptions { Dimensions = 16 },
            Schedule = new ScheduleOptions { Epochs = 2, BatchSize = 32 },
        };
        var model = Train(StepFixture.Sample, EngineKind.Torch, options);
        var folder = Path.Combine(Directory.CreateTempSubdirectory("lightdxml-torch-").FullName, "model");
        try
        {
            ModelFolder.Save(model, folder);
            var loaded = ModelFolder.Load(folder);
            Assert.Equal(EngineKind.Torch, loaded.Training!.Options.Engine.Name);
            using var before = new Predictor(model, 1);
            using var after = new Predictor(loaded, 1);
            var (one, two) = (before.Predict(StepFixture.Sample.Features, 5), after.Predict(StepFixture.Sample.Features, 5));
            for (var point = 0; point < StepFixture.Sample.PointCount; point++)
            {
                Assert.Equal(one.Labels(point).ToArray(), two.Labels(point).ToArray());
                Assert.Equal(one.Scores(point).ToArray(), two.Scores(point).ToArray());
            }
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }
    }

    [SkippableFact]
    public void Train_Bibtex_IsWithinOnePointOfTheCpuEngine()
    {
        TorchBuild.Require();
        var (trainPath, testPath) = (SharedData.PathOf("bibtex/bibtex_train.txt"), SharedData.PathOf("bibtex/bibtex_test.txt"));
        Skip.If(trainPath is null || testPath is null, "needs bibtex");
        var (train, test) = (DatasetFile.Read(trainPath), DatasetFile.Read(testPath));
        var options = new TrainingOptions { Head = Head.Dense };
        var expected = P1(Train(train, EngineKind.Cpu, options), test);
        var actual = P1(Train(train, EngineKind.Torch, options), test);
        Assert.InRange(expected, 0.5, 1);
        Assert.InRange(actual, expected - 0.01, expected + 0.01);
    }

    // One thread: libtorch's threads wait for each other by spinning, which on a busy machine takes many times as long.
    private static Model Train(Dataset data, EngineKind engine, TrainingOptions options) => Trainer.Train(
        data, null, options with { Engine = new EngineOptions { Name = engine, Device = engine == EngineKind.Torch ? EngineDevice.Cpu : EngineDevice.Auto } },
        threads: 1, new SilentObserver());

    private static double P1(Model model, Dataset test)
    {
        using var predictor = new Predictor(model, 1);
        return Evaluator.Evaluate(predictor.Predict(test.Features, 1), test.Labels, new EvaluationOptions { Ks = [1] }).Precision[0];
    }
}
