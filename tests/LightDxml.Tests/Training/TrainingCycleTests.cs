using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class TrainingCycleTests
{
    private const int Epochs = 4, StepsPerEpoch = 5;
    private static readonly Dataset Data = SmallData.Learnable(150, 60, 1);
    private static readonly TrainingOptions Options = TrainingPlan.Resolve(
        new TrainingOptions
        {
            Encoder = new EncoderOptions { Dimensions = 16, EmbeddingRate = 0.3, ResidualRate = 0.02, ClassifierRate = 0.001 },
            Schedule = new ScheduleOptions { Epochs = Epochs, RefreshEvery = 2, BatchSize = 30 },
            Shortlist = new ShortlistOptions { Width = 40 },
            Negatives = new NegativeOptions { Hard = 10, Uniform = 0, Hardest = 0.25 },
        },
        Data);

    [Fact]
    public void Run_LearningRates_FallFromStepToStep_EachMatrixByItsOwn()
    {
        var engine = Run(Options);
        Assert.Equal(Epochs * StepsPerEpoch, engine.Rates.Count);
        for (var step = 0; step < engine.Rates.Count; step++)
        {
            var factor = LearningRateSchedule.Factor(Options.Schedule, step / (double)StepsPerEpoch);
            Assert.Equal(0.3 * factor, engine.Rates[step].Embedding, 1e-12);
            Assert.Equal(0.02 * factor, engine.Rates[step].Residual, 1e-12);
            Assert.Equal(0.001 * factor, engine.Rates[step].Classifier, 1e-12);
        }

        Assert.True(engine.Rates[1].Embedding != engine.Rates[2].Embedding);
    }

    // Encodings never change here, and so neither do shortlists.
    [Fact]
    public void Run_HardNegatives_ComeFromAnEverNearerPartOfTheShortlist()
    {
        var shortlists = Refresher(new RecordingEngine(Data.FeatureCount, Data.LabelCount, 16)).Refresh(0, Checkpoint.None, default);
        var steps = Run(Options).Steps;
        int[] farthest = [.. Enumerable.Range(0, Epochs).Select(epoch => steps.Skip(epoch * StepsPerEpoch).Take(StepsPerEpoch)
            .SelectMany(step => step).Max(point => point.Negatives.Max(label => shortlists.Of(point.Point).IndexOf(label))))];

        // Of 40 labels all, then three quarters, a half and a quarter.
        Assert.Equal([39, 29, 19, 9], farthest);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(75)]
    [InlineData(150)]
    [InlineData(151)]
    public void Refresh_ChunksOfAnySize_GiveTheSameShortlists(int pointsAtOnce)
    {
        RankedLabels Shortlists(int size)
        {
            using var engine = new CpuTrainingEngine(Data.FeatureCount, Data.LabelCount, Options, KernelBackends.Select(), 2);
            return Refresher(engine, size).Refresh(0, Checkpoint.None, default).Labels;
        }

        Assert.Equal(Shortlists(10_000).Labels(0, Data.PointCount).ToArray(), Shortlists(pointsAtOnce).Labels(0, Data.PointCount).ToArray());
    }

    // 2,200,000 points of 1,000 labels could not be trained on for a shortlist that nobody reads.
    [Fact]
    public void Refresher_BeforeItIsAsked_HoldsNothingOfPointsTimesLabels()
    {
        var plan = TrainingPlan.Of(Options, Data.LabelCount);
        var proxy = new LabelEmbeddingTrainer(Data.Labels.Transpose(), Options.Proxy, 1, KernelBackends.Select(), 1);
        using var engine = new RecordingEngine(Data.FeatureCount, Data.LabelCount, 16);
        Assert.InRange(Allocations.Least(() => GC.KeepAlive(Refresher(engine, plan, proxy, 100))), 0, 4L * Data.PointCount * 16);
    }

    private static RecordingEngine Run(TrainingOptions options)
    {
        var engine = new RecordingEngine(Data.FeatureCount, Data.LabelCount, 16);
        new TrainingCycle(Data, null, options, engine, KernelBackends.Select(), 1, new SilentObserver()).Run(Epochs, Checkpoint.None, default);
        return engine;
    }

    private static ShortlistRefresher Refresher(ITrainingEngine engine, int pointsAtOnce = 10_000) => Refresher(
        engine, TrainingPlan.Of(Options, Data.LabelCount), new LabelEmbeddingTrainer(Data.Labels.Transpose(), Options.Proxy, Options.Seed, KernelBackends.Select(), 1), pointsAtOnce);

    private static ShortlistRefresher Refresher(ITrainingEngine engine, TrainingPlan plan, LabelEmbeddingTrainer proxy, int pointsAtOnce) =>
        new(Data, null, Options, plan, proxy, engine, KernelBackends.Select(), 1, new SilentObserver()) { PointsAtOnce = pointsAtOnce };
}
