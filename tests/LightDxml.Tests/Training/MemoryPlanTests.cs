using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class MemoryPlanTests
{
    private static readonly TrainingOptions Dense = TrainingPlan.Resolve(
        new TrainingOptions { Head = Head.Dense, Encoder = new EncoderOptions { Dimensions = 32 }, Shortlist = new ShortlistOptions { Width = 10 } }, 1000, 2000);

    [Fact]
    public void Of_DenseHead_IsTheSumOfItsMatrices()
    {
        // Features 8 · 5,000 + 16 · 1,000 and labels 12 · 3,000; twice the rows of 500 features and, with their biases, 2,000 labels; four blocks of the
        // encoder; label embeddings, encodings; a shortlist, and a block of all 1,000 documents while it is found; the 70 held-out documents with theirs.
        const long matrices = (8 * 5000) + (16 * 1000) + (12 * 3000) + (2 * 4 * ((500 * 32) + (2000 * 48))) + (4 * 4 * 32 * 32) + (4 * 2000 * 32) + (4 * 1000 * 32) + (4 * 1000 * 10) + ((1000 + 70) * ((4 * 32) + (8 * 10)));
        var plan = MemoryPlan.Of(1000, 500, 2000, 8 * 5000, 3000, 0, Dense, threads: 1);
        Assert.Equal([("network", (150L << 20) + (long)(1.1 * matrices))], plan.Phases);
    }

    [Theory]
    [InlineData(Head.Hybrid)]
    [InlineData(Head.Sparse)]
    [InlineData(Head.Auto)]
    public void Of_MoreOfAnything_IsMore(Head head)
    {
        var options = Dense with { Head = head };
        var plan = MemoryPlan.Of(100_000, 50_000, 20_000, 40_000_000, 300_000, 4_000_000, options, threads: 1);
        Assert.Equal(3, plan.Phases.Count);
        foreach (var more in new[]
        {
            MemoryPlan.Of(200_000, 50_000, 20_000, 40_000_000, 300_000, 4_000_000, options, threads: 1),
            MemoryPlan.Of(100_000, 90_000, 20_000, 40_000_000, 300_000, 4_000_000, options, threads: 1),
            MemoryPlan.Of(100_000, 50_000, 40_000, 40_000_000, 300_000, 4_000_000, options, threads: 1),
            MemoryPlan.Of(100_000, 50_000, 20_000, 72_000_000, 300_000, 4_000_000, options, threads: 1),
        })
        {
            Assert.All(plan.Phases.Zip(more.Phases), pair => Assert.True(pair.Second.Bytes > pair.First.Bytes, pair.First.Phase));
        }

        // Two models that are done: rows of features and labels, the block of the encoder, 8 bytes a weight of either sparse matrix.
        const long model = (4 * ((50_000 * 32) + (20_000 * 48) + (20_000 * 32))) + (4 * 32 * 32) + (8 * 4_000_000);
        var centroids = 8L * 20_000 * options.Shortlist.CentroidTerms;
        var ensemble = MemoryPlan.Of(100_000, 50_000, 20_000, 40_000_000, 300_000, 4_000_000, options, threads: 1, members: 3);
        Assert.All(plan.Phases.Zip(ensemble.Phases), pair => Assert.Equal(1.1 * 2 * (model + centroids), pair.Second.Bytes - pair.First.Bytes, 2.0));

        Assert.All(plan.Phases.Zip(MemoryPlan.Of(100_000, 50_000, 20_000, 40_000_000, 300_000, 6_000_000, options, threads: 1).Phases).Skip(1), pair => Assert.True(pair.Second.Bytes > pair.First.Bytes, pair.First.Phase));
    }

    [Fact]
    public void Of_ValidationFileOrNames_IsMore()
    {
        var data = LightDxml.TestKit.SmallData.Learnable(3_000, 1_200, 1);
        var options = Dense with { Head = Head.Hybrid };
        var alone = MemoryPlan.Of(data, options, threads: 1);
        foreach (var more in new[] { MemoryPlan.Of(data, options, threads: 1, validation: data), MemoryPlan.Of(data, options, threads: 1, named: 20) })
            Assert.True(more.Phases.Sum(phase => phase.Bytes) > alone.Phases.Sum(phase => phase.Bytes));
        Assert.InRange(MemoryPlan.Of(data, options, threads: 1, validation: data).Most - alone.Most, 8 * data.Features.NonZeroCount, 30 * data.Features.NonZeroCount);
    }

    [Fact]
    public void Check_BeyondTheLimit_NamesThePhaseAndWhatHelps()
    {
        var plan = new MemoryPlan([("network", 3L << 30), ("final refit", 2L << 30)]);
        plan.Check(3L << 30);
        var fault = Assert.Throws<LightDxmlException>(() => plan.Check((3L << 30) - 1)).Message;
        Assert.Contains("about 3.0 GB (network)", fault, StringComparison.Ordinal);
        Assert.Contains("encoder.dimensions", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(600L << 20, "600 MB")]
    [InlineData(3L << 29, "1.5 GB")]
    [InlineData(11L << 30, "11 GB")]
    public void Text_IsInUnitsOfItsSize(long bytes, string text) => Assert.Equal(text, MemoryPlan.Text(bytes));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Current_OfTheProcessorsEngine_IsWhatExportCopies(int seed)
    {
        var options = Dense with { Seed = seed };
        using var engine = new CpuTrainingEngine(30, 20, options, LightDxml.Kernels.KernelBackends.Select(), 1);
        var copy = engine.Export();
        Assert.Equal(copy.Classifier.Span, engine.Current.Classifier.Span);
        Assert.Equal(copy.Embeddings.ToMatrix().Span, engine.Current.Embeddings.ToMatrix().Span);
        engine.Current.Classifier.Row(0)[0] += 1;
        Assert.NotEqual(copy.Classifier.Row(0)[0], engine.Current.Classifier.Row(0)[0]);
    }
}
