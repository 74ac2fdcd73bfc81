using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public sealed class ModelUpdateTests
{
    private const int Labels = 40;

    /// <summary>Labels that only new documents have: the last ones, which are the rarest.</summary>
    private const int Fresh = 5;

    private static readonly Dataset Whole = SmallData.Learnable(900, Labels, seed: 1);
    private static readonly Dataset Test = SmallData.Learnable(300, Labels, seed: 2);
    private static readonly int[] OldRows = [.. Rows(fresh: false)];
    private static readonly int[] NewRows = [.. Rows(fresh: true)];

    public static TheoryData<Head, bool> Kinds => new()
    {
        { Head.Hybrid, true },
        { Head.Hybrid, false },
        { Head.Sparse, true },
        { Head.Dense, true },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Update_NewLabels_AreFound_AndKnownOnesStayFound(Head head, bool withPrevious)
    {
        var former = Trained(head);
        var before = Hits(former);
        var updated = Updated(former, withPrevious);
        Assert.Equal(Labels, updated.LabelCount);
        var after = Hits(updated);
        Assert.Equal(0, before.Fresh);
        // Of 40 labels chance finds 8 %. The encoder has never seen the words of the new labels, which a dense head alone can hardly find then.
        Assert.True(head == Head.Dense || after.Fresh >= 0.5, $"{after.Fresh:P1} of new labels are found");
        Assert.True(after.Known >= before.Known - 0.04, $"{after.Known:P1} of known labels are found, before {before.Known:P1}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Update_CountsAreThoseOfAllDocuments(bool withPrevious)
    {
        var updated = Updated(Trained(Head.Hybrid), withPrevious);
        Assert.Equal(LabelFrequencies.Count(Whole.Labels), updated.LabelFrequencies);
        Assert.Equal(Whole.PointCount, updated.Inference.TrainingDocuments);
        Assert.Equal(Whole.PointCount, updated.Training!.Statistics.PointCount);
        Assert.Equal(Labels, updated.Training.Statistics.LabelCount);
    }

    [Theory]
    [InlineData(Head.Hybrid, true)]
    [InlineData(Head.Hybrid, false)]
    [InlineData(Head.Dense, true)]
    public void Update_ThreadCount_GivesTheSameBits(Head head, bool withPrevious)
    {
        var former = Trained(head);
        using var folder = new TemporaryFolder();
        ModelFolder.Save(Updated(former, withPrevious, threads: 1), folder["one"]);
        ModelFolder.Save(Updated(former, withPrevious, threads: 3), folder["three"]);
        Assert.Equal(File.ReadAllBytes(folder["one/model.safetensors"]), File.ReadAllBytes(folder["three/model.safetensors"]));
    }

    [Fact]
    public void Update_KeepsTheEncoder_AndOfLabelsWithoutNewDocumentsTheRows()
    {
        var former = Trained(Head.Hybrid);
        int[] some = [.. NewRows.Where(row => Whole.Labels.RowColumns(row)[^1] < 10)];
        var updated = Apply(former, Whole.SelectRows(some), null, 2);
        var touched = some.SelectMany(row => Whole.Labels.RowColumns(row).ToArray()).Distinct().ToArray();
        Assert.Equal(former.Network.Embeddings.ToMatrix().Span, updated.Network.Embeddings.ToMatrix().Span);
        Assert.Equal(former.Network.ResidualWeights.Span, updated.Network.ResidualWeights.Span);
        Assert.Equal(former.ScoreWeights, updated.ScoreWeights);
        Assert.NotEqual(former.Centroids!.RowValues(0).ToArray(), updated.Centroids!.RowValues(0).ToArray());
        foreach (var label in Enumerable.Range(0, former.LabelCount).Except(touched))
        {
            Assert.Equal(former.Network.Classifier.Row(label), updated.Network.Classifier.Row(label));
            Assert.Equal(former.LabelEmbeddings.Row(label), updated.LabelEmbeddings.Row(label));
            Assert.Equal(former.Centroids.RowValues(label), updated.Centroids.RowValues(label));
            Assert.Equal(former.Sparse!.Weights.RowColumns(label), updated.Sparse!.Weights.RowColumns(label));
            Assert.Equal(former.Sparse.Weights.RowValues(label), updated.Sparse.Weights.RowValues(label));
        }
    }

    [Theory]
    [InlineData(true, "exact")]
    [InlineData(false, "exact")]
    [InlineData(true, "centroids")]
    [InlineData(false, "centroids")]
    public void Update_OfAModelThatSearchesAnIndex_FindsNewLabels_WithTheSameBitsForAnyThreads(bool withPrevious, string index)
    {
        var former = Trained(Head.Hybrid, scanLabels: 0, index: index);
        Assert.True(former.Inference.SearchesIndex);
        Assert.Equal(index == "exact", former.PartCentroids is not null);
        var updated = Updated(former, withPrevious);
        Assert.Equal(index == "exact", updated.PartCentroids is not null);
        var hits = Hits(updated);
        Assert.True(hits.Fresh >= 0.5, $"{hits.Fresh:P1} of new labels are found");
        using var folder = new TemporaryFolder();
        ModelFolder.Save(updated, folder["two"]);
        ModelFolder.Save(Updated(former, withPrevious, threads: 1), folder["one"]);
        Assert.Equal(File.ReadAllBytes(folder["one/model.safetensors"]), File.ReadAllBytes(folder["two/model.safetensors"]));
    }

    [Fact]
    public void Update_LabelOfTheModelWithoutDocuments_IsLearntAsANewOne()
    {
        // The labels are numbers; of label 1 training had no document.
        var former = Trainer.Train(
            Whole with { Labels = Whole.Labels.WithColumns(label => label == 1 ? -1 : label, Labels) }, null,
            new TrainingOptions { Head = Head.Hybrid, Encoder = new EncoderOptions { Dimensions = 24 }, Schedule = new ScheduleOptions { Epochs = 10 } }, 2, new SilentObserver());
        Assert.Equal(0, former.Sparse!.Weights.RowLength(1));
        int[] of1 = [.. Enumerable.Range(0, Whole.PointCount).Where(row => Whole.Labels.RowColumns(row).Contains(1))];
        var updated = Apply(former, Whole.SelectRows(of1), null, 2);
        using var stored = StoredModel.Of([updated]);
        var predictions = stored.Ranker.Predict(Whole.SelectRows(of1).Features, 3, threads: 1);
        var found = Enumerable.Range(0, of1.Length).Count(row => predictions.Labels(row).Contains(1)) / (double)of1.Length;
        Assert.True(found > 0.8, $"{found:P1}");
    }

    [Fact]
    public void Update_RowsThatKeepTheirLengths_LearnAsUnitRowsDo()
    {
        var former = Trained(Head.Hybrid, UnitLength.False, factor: 3);
        var before = Hits(former, factor: 3);
        var sets = Sets(former, Times(Whole.SelectRows(NewRows), 3), Times(Whole.SelectRows(OldRows), 3), LabelEdits.None);
        foreach (var previous in new[] { sets.Previous, null })
        {
            var after = Hits(ModelUpdate.Apply(former, sets with { Previous = previous }, 2, new SilentObserver(), default), factor: 3);
            Assert.True(after.Fresh >= 0.5, $"{after.Fresh:P1} of new labels are found");
            Assert.True(after.Known >= before.Known - 0.04, $"{after.Known:P1} of known labels are found, before {before.Known:P1}");
        }
    }

    [Fact]
    public void Update_WithoutFormerDocuments_TakesTheScaleOfTheModel_NotOfTheNewOnes()
    {
        var former = Trained(Head.Hybrid, UnitLength.False, factor: 3);
        var added = Times(Whole.SelectRows(NewRows), 6);
        var updated = ModelUpdate.Apply(former, Sets(former, added, null, LabelEdits.None), 2, new SilentObserver(), default);
        var (before, after) = (CommonRowScale.Lengths(former.Centroids!), CommonRowScale.Lengths(updated.Centroids!));
        Assert.Equal(before.Mean, after.Mean, 0.02 * before.Mean);
        Assert.InRange(after.Deviation, 0, 0.02 * after.Mean);
    }

    [Fact]
    public void Remove_LeavesTheScoresOfTheOthersAsTheyWere()
    {
        var former = Named(Trained(Head.Hybrid));
        var labels = UpdatedLabels.Of(former, former.LabelNames, new int[former.LabelCount], new LabelEdits(new HashSet<int> { 0, 7, 20 }, new Dictionary<int, int>()), catalog: null);
        var updated = ModelUpdate.Apply(former, new UpdateSets(labels, null, null), 2, new SilentObserver(), default);
        Assert.Equal(former.LabelNames!.Where((_, label) => label is not (0 or 7 or 20)), updated.LabelNames);
        using var one = StoredModel.Of([former]);
        using var two = StoredModel.Of([updated]);
        var before = one.Ranker.Predict(Test.Features, Labels, threads: 1);
        var after = two.Ranker.Predict(Test.Features, Labels, threads: 1);
        for (var document = 0; document < Test.PointCount; document++)
        {
            var expected = one.Named(before, document, Labels).Where(label => label.Row is not (0 or 7 or 20)).Select(label => (label.Name, label.Score));
            Assert.Equal(expected, two.Named(after, document, Labels).Select(label => (label.Name, label.Score)));
        }
    }

    [Fact]
    public void Merge_IsLearntFromTheDocumentsOfBoth()
    {
        var former = Named(Trained(Head.Hybrid));
        var edits = new LabelEdits(new HashSet<int>(), new Dictionary<int, int> { [2] = 1, [4] = 1 });
        var old = Whole.SelectRows(OldRows);
        var sets = UpdateSets.Of(former, former.LabelNames, former.LabelCount, null, old with { Labels = old.Labels.WithColumns(label => label < former.LabelCount ? label : -1, former.LabelCount) }, edits, catalog: null);
        var updated = ModelUpdate.Apply(former, sets, 2, new SilentObserver(), default);
        Assert.Equal(former.LabelCount - 2, updated.LabelCount);
        var row = updated.LabelNames!.ToList().IndexOf("label 1");
        var either = Enumerable.Range(0, old.PointCount).Count(document => old.Labels.RowColumns(document).ContainsAny([1, 2, 4]));
        Assert.Equal(either, updated.LabelFrequencies![row]);
        using var model = StoredModel.Of([updated]);
        var predictions = model.Ranker.Predict(Test.Features, 3, threads: 1);
        int[] of4 = [.. Enumerable.Range(0, Test.PointCount).Where(document => Test.Labels.RowColumns(document).Contains(4))];
        Assert.NotEmpty(of4);
        var found = of4.Count(document => predictions.Labels(document).Contains(row)) / (double)of4.Length;
        Assert.True(found > 0.9, $"{found:P1} of the documents of a merged label are found");
    }

    [Fact]
    public void Update_PreviousOfOtherDocuments_IsSaid()
    {
        var former = Trained(Head.Hybrid);
        var heard = new List<string>();
        var sets = Sets(former, Whole.SelectRows(NewRows), Whole.SelectRows(OldRows.AsSpan(0, 400)), LabelEdits.None);
        ModelUpdate.Apply(former, sets, 2, new Listening(heard), default);
        Assert.Contains(heard, note => note.Contains("is it the former training set?", StringComparison.Ordinal));
        heard.Clear();
        ModelUpdate.Apply(former, Sets(former, Whole.SelectRows(NewRows), Whole.SelectRows(OldRows), LabelEdits.None), 2, new Listening(heard), default);
        Assert.DoesNotContain(heard, note => note.Contains("is it the former training set?", StringComparison.Ordinal));
    }

    [Fact]
    public void Update_NewLabelsOfADenseModel_NeedTheFormerDocuments()
    {
        var former = Trained(Head.Dense);
        Assert.Contains("the former documents", Assert.Throws<LightDxmlException>(() => Updated(former, withPrevious: false)).Message, StringComparison.Ordinal);
        var known = Apply(former, Whole.SelectRows([.. NewRows.Where(row => Whole.Labels.RowColumns(row)[^1] < Labels - Fresh)]), null, 2);
        Assert.True(known.Inference.TrainingDocuments > former.Inference.TrainingDocuments);
        Assert.Equal(former.LabelCount, Enumerable.Range(0, known.LabelCount).Count(label => known.LabelFrequencies![label] > 0));
    }

    [Fact]
    public void Update_ModelThatDoesNotSayHowItWasTrained_IsRefused()
    {
        var former = Trained(Head.Hybrid);
        var sets = Sets(former, Whole.SelectRows(NewRows), null, LabelEdits.None);
        Assert.Contains("training.json", Assert.Throws<LightDxmlException>(() => ModelUpdate.Apply(former with { Training = null }, sets, 1, new SilentObserver(), default)).Message, StringComparison.Ordinal);
        Assert.Contains("how often labels occur", Assert.Throws<LightDxmlException>(() => ModelUpdate.Apply(former with { LabelFrequencies = null }, sets, 1, new SilentObserver(), default)).Message, StringComparison.Ordinal);
    }

    private sealed class Listening(List<string> heard) : ITrainingObserver
    {
        public void Report(TrainingEvent progress)
        {
            if (progress is TrainingNote note)
                heard.Add(note.Text);
        }
    }

    private static IEnumerable<int> Rows(bool fresh) => Enumerable.Range(0, Whole.PointCount)
        .Where(row => (row % 10 == 0 || Whole.Labels.RowColumns(row)[^1] >= Labels - Fresh) == fresh);

    private static Model Trained(Head head, UnitLength unitRows = UnitLength.True, float factor = 1, int scanLabels = 20_000, string index = "auto")
    {
        var old = Times(Whole.SelectRows(OldRows), factor);
        return Trainer.Train(
            old with { Labels = old.Labels.WithColumns(label => label < Labels - Fresh ? label : -1, Labels - Fresh) }, null,
            new TrainingOptions
            {
                Head = head,
                Encoder = new EncoderOptions { Dimensions = 24, UnitRows = unitRows },
                Schedule = new ScheduleOptions { Epochs = 25 },
                Sparse = new SparseHeadOptions { Width = 36 },
                Prediction = new PredictionOptions { ScanLabels = scanLabels },
                Shortlist = new ShortlistOptions { Width = 20, Index = index },
            },
            2, new SilentObserver());
    }

    private static Dataset Times(Dataset data, float factor) => data with { Features = data.Features.ScaleRows(_ => factor) };

    private static Model Named(Model model) => model with { LabelNames = [.. Enumerable.Range(0, model.LabelCount).Select(label => $"label {label}")] };

    private static Model Updated(Model former, bool withPrevious, int threads = 2) =>
        Apply(former, Whole.SelectRows(NewRows), withPrevious ? Whole.SelectRows(OldRows) : null, threads);

    private static Model Apply(Model former, Dataset added, Dataset? previous, int threads) =>
        ModelUpdate.Apply(former, Sets(former, added, previous, LabelEdits.None), threads, new SilentObserver(), default);

    private static UpdateSets Sets(Model former, Dataset added, Dataset? previous, LabelEdits edits) =>
        UpdateSets.Of(former, null, Labels, added, previous, edits, catalog: null);

    /// <summary>Shares of test labels among a document's first three, apart by whether the label is new.</summary>
    private static (double Known, double Fresh) Hits(Model model, float factor = 1)
    {
        using var stored = StoredModel.Of([model]);
        var predictions = stored.Ranker.Predict(Times(Test, factor).Features, 3, threads: 1);
        var (hits, all) = (new int[2], new int[2]);
        for (var document = 0; document < Test.PointCount; document++)
        {
            foreach (var label in Test.Labels.RowColumns(document))
            {
                var fresh = label >= Labels - Fresh ? 1 : 0;
                all[fresh]++;
                hits[fresh] += predictions.Labels(document).Contains(label) ? 1 : 0;
            }
        }

        return (hits[0] / (double)all[0], hits[1] / (double)all[1]);
    }
}
