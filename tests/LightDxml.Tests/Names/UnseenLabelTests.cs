using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.Names;
using LightDxml.TestKit;
using LightDxml.Text;
using LightDxml.Training;

namespace LightDxml.Tests.Names;

/// <summary>Labels of a labels file that no training document has, from file to prediction.</summary>
public sealed class UnseenLabelTests : IDisposable
{
    private static readonly string[] Topics = ["apple", "barley", "cotton", "diesel"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_WithNames_PredictsALabelWithoutDocuments_AsDoesTheStoredModel()
    {
        var (text, model) = Train(1);
        Assert.True(model.AllLabelCount > model.LabelCount);
        Assert.NotNull(model.ScoreWeights!.Unseen);
        var unseen = text.Labels.Ids.Count + text.UnseenLabels.ToList().FindIndex(label => label.Id == "never");
        ModelStore.Save([model], _folder["model"]);
        ModelStore.Save([model], _folder["model.ldx"]);
        foreach (var stored in new[] { StoredModel.Of([model]), ModelStore.Open(_folder["model"]), ModelStore.Open(_folder["model.ldx"]) })
        {
            using (stored)
            {
                Assert.Equal(model.NameStatistics!.Documents, stored.Members[0].NameStatistics!.Documents);
                Assert.Equal(model.NameStatistics.Similarities, stored.Members[0].NameStatistics!.Similarities);
                var predicted = new TextPredictor(stored).Predict("unicorn husbandry zzz", 5);
                Assert.Equal((unseen, "never", "unicorn husbandry"), (predicted[0].Row, predicted[0].Id, predicted[0].Name));
                Assert.InRange(predicted[0].Score, 0f, 1f);
                Assert.NotEqual("never", new TextPredictor(stored).Predict("apple apple harvest", 5)[0].Id);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Update_LabelThatGetsDocuments_IsTrained_AndTheOthersAreFoundByTheirNamesAsBefore(bool withPrevious)
    {
        var (text, model) = Train(1);
        TextDocument[] former = [.. Enumerable.Range(0, 40).Select(i => new TextDocument("", "", $"{Topics[i % 4]} harvest rare{i} matter{i}", [Topics[i % 4], $"r{i}"]))];
        TextDocument[] added = [.. Enumerable.Range(0, 12).Select(i => new TextDocument("", "", $"unicorn husbandry word{i}", i < 6 ? ["never"] : ["never", "later"]))];
        var sets = TextUpdate.Sets(model, "the model", added, withPrevious ? former : null, newTerms: false, 1, new ProgressObserver(null, null), default);
        var updated = ModelUpdate.Apply(model, sets, 1, new SilentObserver(), default);
        updated.CheckParts("the updated model");
        Assert.Equal((model.LabelCount + 2, model.AllLabelCount + 1), (updated.LabelCount, updated.AllLabelCount));
        var row = updated.LabelIds!.ToList().IndexOf("never");
        Assert.InRange(row, 0, updated.LabelCount - 1);
        Assert.Equal("unicorn husbandry", updated.LabelNames![row]);
        Assert.Contains("keeping of unicorns", updated.Names!.Texts.Names[row]);
        Assert.Equal(12, updated.LabelFrequencies![row]);
        Assert.Equal(updated.AllLabelCount - updated.LabelCount, updated.NameStatistics!.Count);
        Assert.Equal("later", updated.LabelNames[updated.LabelIds!.ToList().IndexOf("later")]);
        ModelStore.Save([updated], _folder["updated"]);
        using var stored = ModelStore.Open(_folder["updated"]);
        Assert.Contains("never", new TextPredictor(stored).Predict("unicorn husbandry word3", 3).Select(label => label.Id));
        Assert.Contains("n0", new TextPredictor(stored).Predict("apple nothing0", 5).Select(label => label.Id));
    }

    [Fact]
    public void Merge_OfALabelWithoutDocuments_GivesALabelOfTheLabelsFile_OrIsRefused()
    {
        var (_, model) = Train(1);
        string[] ids = [.. model.LabelIds!, "crocus"];
        var edits = new LabelEdits(new HashSet<int>(), new Dictionary<int, int> { [Array.IndexOf(ids, "never")] = ids.Length - 1 });
        var catalog = new LabelCatalog([new LabelEntry("crocus", "growing crocus", [], [])]);
        var updated = UpdatedLabels.Of(model, ids, new int[ids.Length], edits, catalog);
        Assert.Contains("crocus", updated.Ids!);
        Assert.DoesNotContain("never", updated.Ids!);
        Assert.Equal(model.AllLabelCount, updated.Ids!.Count);
        var fault = Assert.Throws<LightDxmlException>(() => UpdatedLabels.Of(model, ids, new int[ids.Length], edits, catalog: null));
        Assert.Contains("merged into 'crocus', which is no label of the model", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_OneByOneInBatchesAndByThreads_GivesTheSameBits()
    {
        var (text, model) = Train(1);
        using var stored = StoredModel.Of([model]);
        var features = text.Dataset.Features;
        var one = stored.Ranker.Predict(features, 8, threads: 1);
        var three = stored.Ranker.Predict(features, 8, threads: 3);
        var (labels, scores) = (new int[8], new float[8]);
        for (var document = 0; document < features.RowCount; document++)
        {
            stored.Ranker.Predict(features.RowColumns(document), features.RowValues(document), labels, scores);
            Assert.Equal(one.Labels(document).ToArray(), labels);
            Assert.Equal(one.Scores(document).ToArray(), scores);
            Assert.Equal(one.Labels(document).ToArray(), three.Labels(document).ToArray());
            Assert.Equal(one.Scores(document).ToArray(), three.Scores(document).ToArray());
        }
    }

    [Fact]
    public void Ensemble_FindsLabelsByTheirNamesToo_AsDoesTheStoredOne()
    {
        var (_, one) = Train(1);
        var (_, two) = Train(1, seed: 2);
        ModelStore.Save([one, two with { Names = one.Names, Vectorizer = one.Vectorizer, LabelIds = one.LabelIds, LabelNames = one.LabelNames, Reading = one.Reading }], _folder["models"]);
        using var stored = ModelStore.Open(_folder["models"]);
        Assert.Equal(one.AllLabelCount, stored.Ranker.LabelCount);
        Assert.Equal("never", new TextPredictor(stored).Predict("unicorn husbandry zzz", 5)[0].Id);
    }

    [Fact]
    public void Train_ThreadCount_DoesNotChangeTheModel()
    {
        var (_, one) = Train(1);
        var (_, two) = Train(2);
        Assert.Equal(one.ScoreWeights, two.ScoreWeights);
        Assert.Equal(one.Sparse!.Biases, two.Sparse!.Biases);
    }

    [Fact]
    public void Train_NamesOff_IsTheModelWithoutALabelsFile()
    {
        var (_, off) = Train(1, new NameOptions { Use = LabelNameUse.None });
        var (_, bare) = Train(1, catalog: false);
        Assert.Null(off.Names);
        Assert.Equal(bare.ScoreWeights, off.ScoreWeights);
        Assert.Equal(bare.Vectorizer!.Terms(), off.Vectorizer!.Terms());
        Assert.Equal(bare.Sparse!.Biases, off.Sparse!.Biases);
    }

    [Fact]
    public void LabelsAsNames_OfDocumentsInMemory_AreFound_AndWithFeaturesAreAnError()
    {
        var random = new Random(3);
        var documents = Enumerable.Range(0, 120).Select(i => ($"about {Topics[i % 4]} {Topics[random.Next(4)]} word{random.Next(20)}", new[] { Topics[i % 4] })).ToList();
        var options = new TrainingOptions
        {
            Encoder = new EncoderOptions { Dimensions = 16 },
            Head = Head.Hybrid,
            Names = new NameOptions { Use = LabelNameUse.Labels },
            Text = new TextVectorizerOptions { MinDocuments = 2 },
            Schedule = new ScheduleOptions { Epochs = 2 },
        };
        using var classifier = TextClassifier.Train(documents, options, threads: 1);
        classifier.Save(_folder["classifier"]);
        Assert.True(File.Exists(Path.Combine(_folder["classifier"], TextParts.LabelTextFileName)));
        Assert.Contains("holds features", Assert.ThrowsAny<LightDxmlException>(() =>
            Trainer.Train(SmallData.Learnable(60, 8, 1), null, options, 1, new SilentObserver())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_TheirTermsAreFeatures_WhateverTheirFrequency()
    {
        var (_, model) = Train(1);
        var terms = model.Vectorizer!.Terms()!.ToList();
        Assert.Contains("unicorn husbandry", terms);
        var column = terms.IndexOf("unicorn");
        Assert.Equal(0, model.Vectorizer.DocumentFrequencies[column]);
        Assert.True(float.IsFinite(model.Vectorizer.InverseDocumentFrequencies[column]));
        var (_, without) = Train(1, catalog: false);
        Assert.DoesNotContain("unicorn", without.Vectorizer!.Terms()!);
    }

    [Theory]
    [InlineData("[\"a\"")]
    [InlineData("{\"a\": 1}")]
    [InlineData("[1]")]
    public void Open_DamagedNames_IsAnErrorWithItsLine(string line)
    {
        var (_, model) = Train(1);
        ModelStore.Save([model], _folder["model"]);
        HostileModels.ForgetChecksums(_folder["model"]);
        var path = Path.Combine(_folder["model"], TextParts.LabelTextFileName);
        var lines = File.ReadAllLines(path);
        File.WriteAllLines(path, [lines[0], line, .. lines[2..]]);
        Assert.Contains($"{TextParts.LabelTextFileName}(2)", Assert.Throws<LightDxmlException>(() => ModelStore.Open(_folder["model"])).Message, StringComparison.Ordinal);
        File.WriteAllLines(path, lines[..^1]);
        Assert.Contains("the names of", Assert.Throws<LightDxmlException>(() => ModelStore.Open(_folder["model"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_AllLabelsHaveDocuments_OrTooFewHaveOne_GivesNoWeights()
    {
        var vectorizer = TextVectorizer.Fit([new TextDocument("", "", "apple pear", [])], new TextVectorizerOptions { MinDocuments = 1, MaxDocumentShare = 1 });
        var documents = new Dataset("d", vectorizer.Transform([new TextDocument("", "", "apple", [])]), SparseMatrix.OfRows([([0], [])], 1));
        NameIndex Index(params string[] names) => NameIndex.Build(new LabelTexts([.. names.Select(name => (IReadOnlyList<string>)[name])]), vectorizer, WordEndings.None);
        Assert.Null(UnseenLabelFitter.Fit(documents, [1], Index("apple")));
        Assert.Null(UnseenLabelFitter.Fit(documents, [1], Index("apple", "pear")));
    }

    /// <summary>Documents of a few frequent labels, and 40 labels that one document has, whose names are in their documents.</summary>
    private (FittedText Text, Model Model) Train(int threads, NameOptions? names = null, bool catalog = true, int seed = 1)
    {
        var random = new Random(5);
        var documents = new List<TextDocument>();
        for (var i = 0; i < 240; i++)
        {
            var topic = Topics[random.Next(Topics.Length)];
            var rare = i < 40 ? $" rare{i} matter{i}" : "";
            documents.Add(new TextDocument($"d{i}", "", $"{topic} harvest word{random.Next(30)}{rare}", i < 40 ? [topic, $"r{i}"] : [topic]));
        }

        var path = _folder["train.jsonl"];
        TextFile.Write(documents, path);
        LabelEntry[] entries =
        [
            .. Topics.Select(topic => new LabelEntry(topic, topic, [], [])),
            .. Enumerable.Range(0, 40).Select(i => new LabelEntry($"r{i}", $"rare{i} matter{i}", [], [])),
            new LabelEntry("never", "unicorn husbandry", ["keeping of unicorns"], []),
            .. Enumerable.Range(0, 10).Select(i => new LabelEntry($"n{i}", $"{Topics[i % Topics.Length]} nothing{i}", [], [])),
        ];
        var file = catalog ? new LabelCatalog(entries) : null;
        names ??= new NameOptions();
        var options = new TrainingOptions
        {
            Encoder = new EncoderOptions { Dimensions = 16 },
            Head = Head.Hybrid,
            Seed = seed,
            Names = names,
            Text = new TextVectorizerOptions { MinDocuments = 2 },
            Schedule = new ScheduleOptions { Epochs = 3 },
        };
        var text = TextDataset.Fit(path, new TextReadOptions(), options.Text, file, nameSource: NameIndexing.Source(names, options.Text, file));
        return (text, text.Complete(Trainer.Train(text.Dataset, null, options, threads, new SilentObserver(), NameIndexing.Of(text, names), Checkpoint.None)));
    }
}
