using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Prediction;
using LightDxml.Providers;
using LightDxml.Shortlists;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Providers;

/// <summary>Providers in the catalog, and label indexes that come from one.</summary>
public sealed class ProviderTests
{
    private static readonly ShortlistOptions Gpu = new() { Index = "gpu", Width = 10 };

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
    public void Create_GpuIndex_ProviderNotInTheBuild_SaysWhy()
    {
        ProviderCatalog.Register("ilgpu", () => new StandInProvider { WhyMissing = "not in this build: add a switch" });
        var error = Assert.Throws<ProviderMissingException>(() =>
            LabelIndexes.Create(Gpu, new DenseMatrix(3, 4), KernelBackends.Select(), 10, 1, 1, out _));
        Assert.Equal("shortlist.index gpu needs the provider ilgpu, which is not in this build: add a switch.", error.Message);
    }

    [Fact]
    public void CreateForPrediction_GpuIndex_ProviderNotInTheBuild_TakesWhatAutoTakes()
    {
        ProviderCatalog.Register("ilgpu", () => new StandInProvider { WhyMissing = "not in this build" });
        var embeddings = new DenseMatrix(3, 4);
        embeddings.Span.Fill(0.5f);
        Assert.IsType<ExactLabelIndex>(LabelIndexes.CreateForPrediction(Gpu, embeddings, KernelBackends.Select(), 10, 1, 1));
    }

    [Fact]
    public void Train_GpuIndex_AsTheExactOne_AndEveryIndexIsDisposed()
    {
        var provider = new StandInProvider();
        ProviderCatalog.Register("ilgpu", () => provider);
        var data = SmallData.Learnable(300, 40, 1);
        var options = new TrainingOptions
        {
            Encoder = new EncoderOptions { Dimensions = 24 },
            Schedule = new ScheduleOptions { Epochs = 4, RefreshEvery = 2, BatchSize = 32 },
            Shortlist = Gpu,
            Head = Head.Dense,
            Prediction = new PredictionOptions { ScanLabels = 0 },
        };
        var model = Trainer.Train(data, null, options, 1, new SilentObserver());
        Assert.True(provider.Created >= 2);
        Assert.Equal(0, provider.Open);
        using (var predictor = new Predictor(model, 1))
        {
            Assert.Equal(1, provider.Open);
            Assert.Equal(data.PointCount, predictor.Predict(data.Features, 3).PointCount);
        }

        Assert.Equal(0, provider.Open);
        var exact = Trainer.Train(data, null, options with { Shortlist = Gpu with { Index = "exact" } }, 1, new SilentObserver());
        Assert.Equal(exact.LabelEmbeddings.Span.ToArray(), model.LabelEmbeddings.Span.ToArray());
    }
}
