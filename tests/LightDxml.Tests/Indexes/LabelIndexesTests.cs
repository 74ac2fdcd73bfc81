using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Indexes;

public class LabelIndexesTests
{
    [Theory]
    [InlineData("auto", 1_000, "exact")]
    [InlineData("auto", 20_000, "exact")]
    [InlineData("auto", 20_001, "ivf")]
    [InlineData("exact", 10_000_000, "exact")]
    [InlineData("ivf", 10, "ivf")]
    [InlineData("hnsw", 10, "hnsw")]
    public void Choose_Auto_ComparesWithAllUntilThatIsSlow(string index, int labels, string expected)
    {
        Assert.Equal(expected, LabelIndexes.Choose(index, labels, out var reason));
        if (index == "auto")
            Assert.Contains($"{labels} labels are", reason, StringComparison.Ordinal);
        else
            Assert.Equal($"{index}, as set", reason);
    }

    [Theory]
    [InlineData(10_000, 0, 25)]
    [InlineData(10_000, 100, 48)]
    [InlineData(10_000, 1_000, 400)]
    [InlineData(640_000, 400, 200)]
    public void ProbesFor_Unset_ASixteenthOfTheListsAndEnoughForTheWidth(int labels, int width, int expected)
    {
        var options = new IvfOptions(Width: width);
        Assert.Equal(expected, options.ProbesFor(options.ClustersFor(labels), labels));
        Assert.Equal(3, (options with { Probes = 3 }).ProbesFor(100, labels));
    }

    [Fact]
    public void Create_Auto_SaysWhatItChoseAndWhy()
    {
        var embeddings = new DenseMatrix(31, 4);
        embeddings.Rows(0, 30).Fill(0.5f);
        var index = LabelIndexes.Create(new LabelIndexSettings(), embeddings, KernelBackends.Select(), 10, 1, out var reason);
        Assert.IsType<ExactLabelIndex>(index);
        Assert.Equal("30 labels are at most the 20000 that every document is compared with", reason);
    }

    [Theory]
    [InlineData("hnsw", 3, 1)]
    [InlineData("hnsw", 3, 2)]
    [InlineData("ivf", 3, 1)]
    [InlineData("ivf", 2, 2)]
    [InlineData("exact", 2, 2)]
    public void Create_LabelsWithoutEmbedding_FindsTheOthersByTheirOwnRows(string name, int every, int threads)
    {
        // Every third or second label has no embedding; the document is the embedding of label 5, which is nearest to itself.
        var random = new Random(1);
        var embeddings = new DenseMatrix(90, 8);
        for (var label = 0; label < 90; label++)
        {
            for (var c = 0; c < 8 && label % every != 0; c++)
                embeddings.Row(label)[c] = random.NextSingle() - 0.5f;
        }

        var kernels = KernelBackends.Select();
        kernels.NormalizeRows(embeddings.Span, 90, 8, embeddings.Stride, embeddings.Span);
        var index = LabelIndexes.Create(new LabelIndexSettings { Kind = name }, embeddings, kernels, 70, threads, out _);
        Assert.Equal((name, 90, 8), (index.Name, index.LabelCount, index.Dimensions));
        var (labels, similarities) = (new int[70], new float[70]);
        index.Search(embeddings.Row(5), labels, similarities);
        Assert.Equal(5, labels[0]);
        Assert.Equal(Enumerable.Range(0, 90).Where(label => label % every != 0), labels.Where(label => label >= 0).Order());
        Assert.Equal(every == 3 ? 10 : 25, labels.Count(label => label < 0));

        var documents = new DenseMatrix(1, 8);
        embeddings.Row(5).CopyTo(documents.Row(0));
        var shortlists = new RankedLabels(1, 90, 70);
        index.Search(documents, shortlists, threads);
        Assert.Equal(labels, shortlists.Labels(0).ToArray());
    }

    [Theory]
    [InlineData("ivf")]
    [InlineData("hnsw")]
    public void CreateForPrediction_AnotherSeed_SearchesOtherwise_TheSameSeedAlike(string name)
    {
        var labels = ClusteredVectors.Create(2000, 16, 40, 1.5);
        var documents = ClusteredVectors.Part(ClusteredVectors.Create(2100, 16, 40, 1.5), 2000, 100);
        var options = new LabelIndexSettings { Kind = name, M = 2, EfConstruction = 4, EfSearch = 1, Clusters = 50, Probes = 2 };
        Assert.Equal(Found(1), Found(1));
        Assert.NotEqual(Found(1), Found(2));

        int[] Found(int seed)
        {
            var found = new RankedLabels(100, 2000, 20);
            LabelIndexes.CreateForPrediction(options with { Seed = seed }, labels, KernelBackends.Select(), 20, 2, out _).Search(documents, found, 2);
            return found.Labels(0, 100).ToArray();
        }
    }

    // Members of an ensemble differ in their seeds: lists that they share would miss the same labels.
    [Fact]
    public void Predictor_IndexOfAModel_IsBuiltWithItsSeed()
    {
        var model = SampleModels.Random(50, 2000, 16, 1);
        var documents = ClusteredVectors.Create(100, 16, 40, 1.5);
        Assert.Equal(Found(3), Found(3));
        Assert.NotEqual(Found(3), Found(4));

        int[] Found(int seed)
        {
            var options = model.Training!.Options with
            {
                Seed = seed,
                Shortlist = new ShortlistOptions { Index = "ivf", Width = 20, Clusters = 50, Probes = 2 },
                Prediction = new PredictionOptions { ScanLabels = 0 },
            };
            using var predictor = new Predictor(model with { Inference = TrainingPlan.Inference(options, 10, model.LabelCount) }, 2);
            var found = new RankedLabels(100, 2000, 20);
            predictor.Finder.Index!.Search(documents, found, 2);
            return found.Labels(0, 100).ToArray();
        }
    }

    [Fact]
    public void Create_UnknownIndex_IsRefused() =>
        Assert.Throws<OptionsException>(() =>
            LabelIndexes.Create(new() { Kind = "tree" }, new DenseMatrix(3, 4), KernelBackends.Select(), 10, 1, out _));

    [Fact]
    public void Create_KindThatIsNoIndexOfEmbeddings_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            LabelIndexes.Create(new() { Kind = "centroids" }, new DenseMatrix(3, 4), KernelBackends.Select(), 10, 1, out _));

    [Fact]
    public void CandidatesFor_EfSearchUnset_IsTwiceTheWidth()
    {
        Assert.Equal(200, new HnswOptions().CandidatesFor(100));
        Assert.Equal(100, new HnswOptions(EfSearch: 50).CandidatesFor(100));
        Assert.Equal(150, new HnswOptions(EfSearch: 150).CandidatesFor(100));
        Assert.Equal(int.MaxValue, new HnswOptions().CandidatesFor(int.MaxValue));
    }
}
