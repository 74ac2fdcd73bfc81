using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Shortlists;
using LightDxml.Training;

namespace LightDxml.Tests.Shortlists;

public class LabelIndexesTests
{
    [Theory]
    [InlineData("auto", 1_000, 800, false)]
    [InlineData("auto", 50_000, 10, false)]
    [InlineData("auto", 50_001, 10, true)]
    [InlineData("auto", 240_000, 800, false)]
    [InlineData("auto", 240_001, 800, true)]
    [InlineData("exact", 10_000_000, 10, false)]
    [InlineData("hnsw", 10, 10, true)]
    public void TakesGraph_Auto_OnlyWhereASearchIsCheaper(string index, int labels, int candidates, bool expected)
    {
        Assert.Equal(expected, LabelIndexes.TakesGraph(index, labels, candidates, out var reason));
        Assert.StartsWith(expected ? "hnsw" : "exact", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_Auto_SaysWhatItChoseAndWhy()
    {
        var index = LabelIndexes.Create(new ShortlistOptions(), new DenseMatrix(30, 4), KernelBackends.Select(), 10, 1, out var reason);
        Assert.IsType<ExactLabelIndex>(index);
        Assert.Equal("exact, the faster with 30 labels: a search with 20 candidates pays above 50000", reason);
    }

    [Fact]
    public void Create_UnknownIndex_IsRefused() =>
        Assert.Throws<OptionsException>(() =>
            LabelIndexes.Create(new() { Index = "tree" }, new DenseMatrix(3, 4), KernelBackends.Select(), 10, 1, out _));

    [Fact]
    public void CandidatesFor_EfSearchUnset_IsTwiceTheWidth()
    {
        Assert.Equal(200, new HnswOptions().CandidatesFor(100));
        Assert.Equal(100, new HnswOptions(EfSearch: 50).CandidatesFor(100));
        Assert.Equal(150, new HnswOptions(EfSearch: 150).CandidatesFor(100));
        Assert.Equal(int.MaxValue, new HnswOptions().CandidatesFor(int.MaxValue));
    }
}
