using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Providers;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Providers;

/// <summary>Providers in the catalog, and label indexes that come from one.</summary>
public sealed class ProviderTests
{
    /// <summary>So many documents that even a few labels of few dimensions are work.</summary>
    private const long LargeWork = 1_000_000_000_000;

    private static readonly TrainingOptions ByGpu = new()
    {
        Encoder = new EncoderOptions { Dimensions = 24 },
        Schedule = new ScheduleOptions { Epochs = 4, RefreshEvery = 2, BatchSize = 32 },
        Shortlist = new ShortlistOptions { Index = "gpu", Width = 10 },
        Head = Head.Dense,
        Prediction = new PredictionOptions { ScanLabels = 0 },
    };

    private static readonly Gpu Fast = new("Cuda Stand-in", 1e30, 1L << 40);

    private static DenseMatrix Embeddings
    {
        get
        {
            var embeddings = new DenseMatrix(3000, 400);
            embeddings.Span.Fill(0.05f);
            return embeddings;
        }
    }

    private static ILabelIndex ForTraining(string index, long documents, out string reason) => LabelIndexes.CreateForTraining(
        new LabelIndexSettings(index), Embeddings, KernelBackends.Select(), documents, 1, 10, 1, out reason);

    [Fact]
    public void Get_CreatesAProviderWhenItIsFirstAskedFor_AndOnce()
    {
        var created = 0;
        ProviderCatalog.Register("counted", () =>
        {
            created++;
            return new StandInProvider();
        });
        Assert.Contains("counted", ProviderCatalog.Names);
        Assert.Equal(0, created);
        Assert.Same(ProviderCatalog.Get("counted"), ProviderCatalog.Get("counted"));
        Assert.Equal(1, created);
    }

    [Fact]
    public void Get_UnknownName_SaysWhichThereAre()
    {
        ProviderCatalog.Register("known", () => new StandInProvider());
        var error = Assert.Throws<ProviderMissingException>(() => ProviderCatalog.Get("unknown"));
        Assert.Contains("'unknown'", error.Message, StringComparison.Ordinal);
        Assert.Contains("known", error.Message[error.Message.IndexOf(';', StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void Get_ForASetting_NameThatIsNotRegistered_SaysWhichPackageToAdd_AndWhatToCall()
    {
        var error = Assert.Throws<ProviderMissingException>(() => ProviderCatalog.Get("absent", "a.setting=absent", "Some.Where.Parts.Register"));
        Assert.Equal("a.setting=absent: this program lacks what offers it; add the package Some.Where and call Some.Where.Parts.Register().", error.Message);
    }

    [Fact]
    public void Create_GpuIndex_ProviderNotInTheBuild_SaysWhy()
    {
        ProviderCatalog.Register("ilgpu", () => new StandInProvider { WhyMissing = "not in this build: add a switch" });
        var error = Assert.Throws<ProviderMissingException>(() =>
            LabelIndexes.Create(new LabelIndexSettings("gpu"), new DenseMatrix(3, 4), KernelBackends.Select(), 10, 1, out _));
        Assert.Equal("shortlist.index=gpu: not in this build: add a switch.", error.Message);
    }

    [Fact]
    public void CreateForPrediction_GpuIndex_ProviderNotInTheBuild_TakesWhatAutoTakes()
    {
        ProviderCatalog.Register("ilgpu", () => new StandInProvider { WhyMissing = "not in this build" });
        var embeddings = new DenseMatrix(3, 4);
        embeddings.Span.Fill(0.5f);
        Assert.IsType<ExactLabelIndex>(LabelIndexes.CreateForPrediction(new LabelIndexSettings("gpu"), embeddings, KernelBackends.Select(), 10, 1, out var trouble));
        Assert.EndsWith("the GPU that it is set to cannot be used: shortlist.index=gpu: not in this build.", trouble, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("gpu-ivf")]
    public void CreateForPrediction_GpuIndex_GpuIsFull_TakesWhatAutoTakes(string index)
    {
        ProviderCatalog.Register("ilgpu", () => new StandInProvider { Gpu = Fast, BuildingFault = "too little memory" });
        Assert.IsType<ExactLabelIndex>(LabelIndexes.CreateForPrediction(new LabelIndexSettings(index), Embeddings, KernelBackends.Select(), 10, 1, out var trouble));
        Assert.EndsWith("cannot be used: too little memory", trouble, StringComparison.Ordinal);
        Assert.Throws<LightDxmlException>(() => ForTraining(index, LargeWork, out _));
    }

    [Theory]
    [InlineData("", "gpu, as set, on Cuda Stand-in")]
    [InlineData("Cuda Old (no driver)", "gpu, as set, on Cuda Stand-in, since others cannot be used: Cuda Old (no driver)")]
    public void CreateForTraining_GpuIndex_SaysOnWhichDevice(string passedOver, string expected)
    {
        ProviderCatalog.Register("ilgpu", () => new StandInProvider { Gpu = Fast with { PassedOver = passedOver } });
        using var index = ForTraining("gpu", LargeWork, out var reason) as IDisposable;
        Assert.Equal(expected, reason);
    }

    [Fact]
    public void CreateForTraining_AutoOnLargeData_TakesTheGpu_AndSaysHowToKeepToTheProcessor()
    {
        var provider = new StandInProvider { Gpu = Fast };
        ProviderCatalog.Register("ilgpu", () => provider);
        using var index = ForTraining("auto", LargeWork, out var reason) as IDisposable;
        Assert.Equal(1, provider.Created);
        Assert.StartsWith("on Cuda Stand-in: by estimate ", reason, StringComparison.Ordinal);
        Assert.EndsWith("; shortlist.index=exact keeps to the processor", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateForTraining_AutoOnLargeData_WithoutAGpu_IsWhatCreateMakes()
    {
        ProviderCatalog.Register("ilgpu", () => new StandInProvider());
        Assert.IsType<ExactLabelIndex>(ForTraining("auto", LargeWork, out var reason));
        LabelIndexes.Create(new LabelIndexSettings(), Embeddings, KernelBackends.Select(), 10, 1, out var expected);
        Assert.Equal(expected, reason);
    }

    [Fact]
    public void CreateForTraining_AutoOnLargeData_GpuInTrouble_TakesTheProcessor_AndSaysWhy()
    {
        ProviderCatalog.Register("ilgpu", () => new StandInProvider { Fault = "the driver is too old" });
        Assert.IsType<ExactLabelIndex>(ForTraining("auto", LargeWork, out var reason));
        Assert.EndsWith("; a GPU was found, but not used: the driver is too old", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto", 1_000)]
    [InlineData("exact", LargeWork)]
    public void CreateForTraining_SmallDataOrAnotherIndexSet_NeverAsksForTheProvider(string index, long documents)
    {
        ProviderCatalog.Register("ilgpu", () => throw new InvalidOperationException("Nobody should ask."));
        Assert.IsType<ExactLabelIndex>(ForTraining(index, documents, out _));
    }

    [Fact]
    public void CreateForPrediction_Auto_NeverAsksForTheProvider()
    {
        // A model that was trained with a GPU, by choice of auto, says auto.
        ProviderCatalog.Register("ilgpu", () => throw new InvalidOperationException("Nobody should ask."));
        Assert.IsType<ExactLabelIndex>(LabelIndexes.CreateForPrediction(new LabelIndexSettings(), Embeddings, KernelBackends.Select(), 10, 1, out var trouble));
        Assert.Null(trouble);
    }

    [Fact]
    public void Train_GpuIndex_GpuIsFullLater_IsAnError_NotHalfOfAProcessor()
    {
        var provider = new StandInProvider();
        ProviderCatalog.Register("ilgpu", () => provider);
        var observer = new ShortlistObserver(() => provider.BuildingFault = "too little memory");
        var error = Assert.Throws<LightDxmlException>(() => Trainer.Train(SmallData.Learnable(300, 40, 1), null, ByGpu, 1, observer));
        Assert.Equal("too little memory", error.Message);
    }

    [Fact]
    public void Resume_GpuIndex_OnAnotherGpu_IsRefused_OnTheSameGoesOn()
    {
        var provider = new StandInProvider { Gpu = Fast };
        ProviderCatalog.Register("ilgpu", () => provider);
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Train(new ShortlistObserver(stop.Cancel), stop.Token));
        provider.Gpu = Fast with { Name = "Cuda Other" };
        var error = Assert.Throws<LightDxmlException>(() => Train(new SilentObserver(), default));
        Assert.Contains("since then, label-search was Cuda Stand-in (gpu) and is Cuda Other (gpu)", error.Message, StringComparison.Ordinal);
        provider.Gpu = Fast;
        Train(new SilentObserver(), default);

        void Train(ITrainingObserver observer, CancellationToken cancellation) => Trainer.Train(
            SmallData.Learnable(300, 40, 1), null, ByGpu, 1, observer, names: null,
            Checkpoint.In(CheckpointFolder.Resume(folder["model.checkpoint"], new CheckpointKey([("data", "a")])), TimeSpan.MaxValue), cancellation);
    }

    [Fact]
    public void Train_RanksOfDifferentGpus_IsAnErrorThatNamesOne()
    {
        using var own = new ThreadLocal<Gpu?>();
        ProviderCatalog.Register("ilgpu", () => new StandInProvider { OwnGpu = () => own.Value });
        var error = Assert.Throws<LightDxmlException>(() => ThreadGroup.Run(3, processes =>
        {
            own.Value = Fast with { Name = processes.Rank < 2 ? "Cuda One" : "Cuda Other" };
            return Trainer.Train(SmallData.Learnable(300, 40, 1), null, ByGpu, new Workers(1, processes), new SilentObserver(), names: null, Checkpoint.None);
        }));
        Assert.StartsWith("Rank 2 searches labels on another device than rank 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_GpuIndex_AsTheExactOne_AndEveryIndexIsDisposed()
    {
        var provider = new StandInProvider();
        ProviderCatalog.Register("ilgpu", () => provider);
        var data = SmallData.Learnable(300, 40, 1);
        var model = Trainer.Train(data, null, ByGpu, 1, new SilentObserver());
        Assert.True(provider.Created >= 2);
        Assert.Equal(0, provider.Open);
        using (var predictor = new Predictor(model, 1))
        {
            Assert.Equal(1, provider.Open);
            Assert.Equal(data.PointCount, predictor.Predict(data.Features, 3).PointCount);
        }

        Assert.Equal(0, provider.Open);
        var exact = Trainer.Train(data, null, ByGpu with { Shortlist = ByGpu.Shortlist with { Index = "exact" } }, 1, new SilentObserver());
        Assert.Equal(exact.LabelEmbeddings.Span.ToArray(), model.LabelEmbeddings.Span.ToArray());
    }

    /// <summary>Acts when the first shortlists are there.</summary>
    private sealed class ShortlistObserver(Action act) : ITrainingObserver
    {
        public void Report(TrainingEvent progress)
        {
            if (progress is ShortlistRefreshed)
                act();
        }
    }
}
