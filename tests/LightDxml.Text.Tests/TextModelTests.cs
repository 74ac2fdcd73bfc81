using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Text.Tests;

public sealed class TextModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(14, 1)]
    public void PredictionOnRawText_OfTheStoredModel_EqualsPredictionOnExportedFeatures_BitForBit(int hashBits, double titleWeight)
    {
        var train = _folder["train.jsonl"];
        var test = _folder["test.csv"];
        TextFile.Write(RandomDocuments.Create(400, seed: 3), train);
        TextFile.Write(RandomDocuments.Create(120, seed: 4), test);
        var model = Train(train, new TextVectorizerOptions { HashBits = hashBits, TitleWeight = titleWeight });
        ModelFolder.Save(model, _folder["model"]);
        var loaded = ModelFolder.Load(_folder["model"]);

        // Features as another tool would get them: as text, made by the vectoriser of training.
        var labels = new LabelSpace(model.LabelIds!);
        DatasetFile.Write(TextDataset.Read(test, new TextReadOptions(), model.Vectorizer!, labels).Dataset, _folder["test.txt"]);
        using var onFeatures = new Predictor(model);
        var expected = onFeatures.Predict(DatasetFile.Read(_folder["test.txt"]).Features, 7);

        using var opened = StoredModel.Of([loaded]);
        var onText = new TextPredictor(opened);
        var point = 0;
        foreach (var (document, predicted, _) in onText.PredictMany(TextFile.Read(test), 7))
        {
            Assert.Equal(expected.Labels(point).ToArray(), predicted.Select(label => label.Row));
            Assert.Equal(Bits(expected.Scores(point).ToArray()), Bits(predicted.Select(label => label.Score)));
            if (titleWeight == 0)
                Assert.Equal(Bits(predicted.Select(label => label.Score)), Bits(onText.Predict($"{document.Title} {document.Text}", 7).Select(label => label.Score)));
            point++;
        }

        Assert.Equal(120, point);
    }

    [Fact]
    public void SaveAndLoad_KeepVocabularyLabelIdsAndTextSettings()
    {
        var path = _folder["train.jsonl"];
        TextFile.Write(RandomDocuments.Create(200, seed: 5), path);
        var model = Train(path, new TextVectorizerOptions { Unit = TermUnit.Characters, MinNgram = 3, MaxNgram = 4 });
        ModelFolder.Save(model, _folder["model"]);
        var loaded = ModelFolder.Load(_folder["model"]);
        Assert.Equal(model.Vectorizer!.Terms(), loaded.Vectorizer!.Terms());
        Assert.Equal(model.Vectorizer.Options, loaded.Vectorizer.Options);
        Assert.Equal(model.Vectorizer.DocumentCount, loaded.Vectorizer.DocumentCount);
        Assert.Equal(model.Vectorizer.DocumentFrequencies.ToArray(), loaded.Vectorizer.DocumentFrequencies.ToArray());
        Assert.Equal(Bits(model.Vectorizer.InverseDocumentFrequencies.ToArray()), Bits(loaded.Vectorizer.InverseDocumentFrequencies.ToArray()));
        Assert.Equal(model.LabelIds, loaded.LabelIds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(14)]
    public void EnsemblePredictionOnRawText_OfTheStoredEnsemble_EqualsItsPredictionOnExportedFeatures_BitForBit(int hashBits)
    {
        var (train, test) = (_folder["train.jsonl"], _folder["test.csv"]);
        TextFile.Write(RandomDocuments.Create(300, seed: 8), train);
        TextFile.Write(RandomDocuments.Create(80, seed: 9), test);
        var text = new TextVectorizerOptions { HashBits = hashBits };
        Model[] members = [Train(train, text, seed: 1), Train(train, text, seed: 2), Train(train, text, seed: 3)];
        EnsembleFolder.Save(members, _folder["ensemble"]);
        var loaded = EnsembleFolder.Read(ModelFolder.Files(_folder["ensemble"]), mapped: true);
        DatasetFile.Write(TextDataset.Read(test, new TextReadOptions(), members[0].Vectorizer!, new LabelSpace(members[0].LabelIds!)).Dataset, _folder["test.txt"]);

        using var onFeatures = new EnsemblePredictor(members);
        var expected = onFeatures.Predict(DatasetFile.Read(_folder["test.txt"]).Features, 7);
        using var opened = StoredModel.Of(loaded);
        using var first = StoredModel.Of([loaded[0]]);
        var (onText, alone) = (new TextPredictor(opened), new TextPredictor(first));
        var predictions = onText.PredictMany(TextFile.Read(test), 7).ToList();
        Assert.Equal(80, predictions.Count);
        for (var point = 0; point < predictions.Count; point++)
        {
            var labels = predictions[point].Labels;
            Assert.Equal(expected.Labels(point).ToArray(), labels.Select(label => label.Row));
            Assert.Equal(Bits(expected.Scores(point).ToArray()), Bits(labels.Select(label => label.Score)));
            Assert.All(labels, label => Assert.Equal(members[0].LabelIds![label.Row], label.Id));
        }

        // Three models, not the first of them.
        Assert.NotEqual(Bits(alone.PredictMany(TextFile.Read(test), 7).First().Labels.Select(label => label.Score)), Bits(predictions[0].Labels.Select(label => label.Score)));
    }

    [Fact]
    public void SavedEnsemble_HoldsVocabularyAndLabelsOnce_AndItsMembersShareThem()
    {
        var path = _folder["train.jsonl"];
        TextFile.Write(RandomDocuments.Create(200, seed: 5), path);
        // Fitted apart, on the same text: what they say counts, not which object says it.
        var text = new TextVectorizerOptions { MaxNgram = 1, Subwords = SubwordUse.None };
        Model[] members = [Train(path, text, epochs: 1, seed: 1), Train(path, text, epochs: 1, seed: 2)];
        EnsembleFolder.Save(members, _folder["ensemble"]);
        Assert.Equal(
            [TextParts.LabelIdFile, TextParts.LabelFile, TextParts.VocabularyFile],
            Directory.GetFiles(_folder["ensemble"], "*.txt", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder["ensemble"], file)).Order(StringComparer.Ordinal));
        var loaded = EnsembleFolder.Read(ModelFolder.Files(_folder["ensemble"]), mapped: true);
        Assert.Equal(members[0].LabelIds, loaded[1].LabelIds);
        Assert.Equal(members[0].LabelNames, loaded[1].LabelNames);
        Assert.Equal(members[0].Vectorizer!.Terms(), loaded[1].Vectorizer!.Terms());
        Assert.Equal(text, loaded[1].Vectorizer!.Options);
        Assert.Same(loaded[0].Vectorizer, loaded[1].Vectorizer);
    }

    [Fact]
    public void Ensemble_OfOtherVocabularies_IsRefused()
    {
        var (one, other) = (_folder["one.jsonl"], _folder["other.jsonl"]);
        TextFile.Write(RandomDocuments.Create(200, seed: 5), one);
        TextFile.Write(RandomDocuments.Create(200, seed: 6), other);
        // As many features and labels, but other ones.
        var model = Train(one, new TextVectorizerOptions { MaxFeatures = 20 }, epochs: 1);
        var stranger = model with { Vectorizer = Train(other, new TextVectorizerOptions { MaxFeatures = 20 }, epochs: 1).Vectorizer };
        var fault = Assert.Throws<LightDxmlException>(() => EnsembleFolder.Save([model, stranger], _folder["ensemble"]));
        Assert.Contains("same vocabulary", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["ensemble"]));
        Assert.Contains("same vocabulary", Assert.Throws<LightDxmlException>(() => StoredModel.Of([model, stranger])).Message, StringComparison.Ordinal);
        Assert.Throws<LightDxmlException>(() => StoredModel.Of([model, model with { LabelNames = [.. model.LabelNames!.Reverse()] }]));
        Assert.Throws<LightDxmlException>(() => StoredModel.Of([model, model with { Vectorizer = null }]));
    }

    [Fact]
    public void OpenEnsemble_VocabularyMissingOrDamaged_IsAStatedError()
    {
        var path = _folder["train.jsonl"];
        TextFile.Write(RandomDocuments.Create(100, seed: 6), path);
        var model = Train(path, new TextVectorizerOptions(), epochs: 1);
        EnsembleFolder.Save([model, model], _folder["ensemble"]);
        HostileModels.ForgetChecksums(_folder["ensemble"]);
        var vocabulary = Path.Combine(_folder["ensemble"], TextParts.VocabularyFile);
        File.AppendAllText(vocabulary, "one\t2\t3\n");
        Assert.Contains("terms for", Fault(), StringComparison.Ordinal);
        File.Delete(vocabulary);
        Assert.Contains(vocabulary, Fault(), StringComparison.Ordinal);

        string Fault() => Assert.ThrowsAny<LightDxmlException>(() => EnsembleFolder.Read(ModelFolder.Files(_folder["ensemble"]), mapped: true)).Message;
    }

    [Theory]
    [InlineData(0, "docs\t3", "expected 'documents'")]
    [InlineData(2, "no numbers", "expected a term")]
    [InlineData(-1, "one\t2\t3", "terms for")]
    public void Load_DamagedVocabulary_IsAStatedError(int line, string text, string fault)
    {
        var path = _folder["train.jsonl"];
        TextFile.Write(RandomDocuments.Create(100, seed: 6), path);
        ModelFolder.Save(Train(path, new TextVectorizerOptions()), _folder["model"]);
        HostileModels.ForgetChecksums(_folder["model"]);
        var vocabulary = Path.Combine(_folder["model"], TextParts.VocabularyFile);
        var lines = File.ReadAllLines(vocabulary).ToList();
        if (line < 0)
            lines.Add(text);
        else
            lines[line] = text;
        File.WriteAllLines(vocabulary, lines);
        Assert.Contains(fault, Assert.ThrowsAny<LightDxmlException>(() => ModelFolder.Load(_folder["model"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PredictFile_Cancelled_Stops()
    {
        var documents = RandomDocuments.Create(5, seed: 4);
        TextFile.Write(documents, _folder["test.jsonl"]);
        using var stored = StoredModel.Of([Untrained([.. documents.Select(document => document.Text)])], threads: 1);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new TextPredictor(stored, 1).PredictFile(_folder["test.jsonl"], new TextReadOptions(), 3, withText: false, _ => Assert.Fail("It goes on."), new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("test.jsonl", 1)]
    [InlineData("test.csv", 3)]
    public void PredictFile_IsPredictManyOfItsDocuments(string name, int threads)
    {
        var documents = RandomDocuments.Create(90, seed: 4);
        TextFile.Write(documents, _folder[name]);
        using var stored = StoredModel.Of([Untrained([.. documents.Select(document => document.Text)])], threads: threads);
        var predictor = new TextPredictor(stored, threads);
        var expected = predictor.PredictMany(TextFile.Read(_folder[name]), 3).ToList();

        foreach (var withText in new[] { true, false })
        {
            var actual = new List<(TextDocument Document, IReadOnlyList<ScoredLabel> Labels)>();
            predictor.PredictFile(_folder[name], new TextReadOptions(), 3, withText, predicted => actual.Add((predicted.Document, predicted.Labels)));

            Assert.Equal(expected.Select(pair => pair.Document.Id), actual.Select(pair => pair.Document.Id));
            Assert.Equal(expected.Select(pair => withText ? pair.Document.Text : ""), actual.Select(pair => pair.Document.Text));
            Assert.Equal(expected.SelectMany(pair => pair.Labels), actual.SelectMany(pair => pair.Labels));
        }
    }

    [Theory]
    [InlineData("\t3\tNaN", "expected a term")]
    [InlineData("\t3\tInfinity", "expected a term")]
    public void Load_InverseDocumentFrequencyThatIsNoNumber_IsAnError(string ending, string fault)
    {
        var model = Untrained(["one two three", "two three four", "three four five"]);
        ModelFolder.Save(model, _folder["model"]);
        HostileModels.ForgetChecksums(_folder["model"]);
        var path = Path.Combine(_folder["model"], "vocabulary.txt");
        var lines = File.ReadAllLines(path);
        lines[2] = lines[2].Split('\t')[0] + ending;
        File.WriteAllLines(path, lines);

        Assert.Contains(fault, Assert.Throws<DataFormatException>(() => ModelFolder.Load(_folder["model"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    public void Load_OtherHashBitsThanTheFeaturesHave_IsAnError(int hashBits)
    {
        ModelFolder.Save(Untrained(["one two three", "two three four"], hashBits: 8), _folder["model"]);
        var path = Path.Combine(_folder["model"], ModelFolder.ConfigurationFile);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"hashBits\": 8", $"\"hashBits\": {hashBits}", StringComparison.Ordinal));

        Assert.Contains("text.hashBits", Assert.Throws<LightDxmlException>(() => ModelFolder.Load(_folder["model"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_DocumentOfManyTerms_TakesLittleMemory_AndFindsTheTermThatCounts()
    {
        const int Terms = 8000;
        var text = string.Join(' ', Enumerable.Range(0, Terms).Select(term => $"w{term}"));
        var model = Untrained([text, text], unigrams: true);
        // One term decides label 1, whatever else is in the document.
        var key = Enumerable.Range(0, Terms).First(column => model.Vectorizer!.TermOf(column) == "w4321");
        var rows = Enumerable.Range(0, model.LabelCount).Select(label => label == 1 ? (new[] { key }, new[] { 300f }) : ([], [])).ToArray();
        using var stored = StoredModel.Of([model with { Sparse = new SparseClassifier(SparseMatrix.OfRows(rows, model.FeatureCount), new float[model.LabelCount]) }], threads: 1);
        var predictor = new TextPredictor(stored, threads: 1);
        var document = new TextDocument("", "", text, []);
        var labels = predictor.Predict(text, 2);
        Assert.Equal(1, labels[0].Row);
        predictor.Explain(document, labels, 3);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var explained = predictor.Explain(document, labels, 3);

        // Rows without one term each for all terms are 64 million entries: 512 MB at least.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 150_000_000);
        Assert.Equal("w4321", explained[0][0].Term);

        // A label that the model does not have has no terms, of a long text either.
        Assert.Empty(predictor.Explain(document, [new ScoredLabel(-1, "z", "z", 0.9f)], 3)[0]);
    }

    [Fact]
    public void Explain_ShortDocument_IsEachTermsLossWhenItIsLeftOut()
    {
        const string Text = "alpha beta gamma delta epsilon";
        var model = Untrained([Text, Text], unigrams: true);
        using var stored = StoredModel.Of([model], threads: 1);
        var predictor = new TextPredictor(stored, threads: 1);
        var labels = predictor.Predict(Text, 2);

        var explained = predictor.Explain(new TextDocument("", "", Text, []), labels, 5);

        foreach (var (label, terms) in labels.Zip(explained))
        {
            foreach (var term in terms)
                Assert.Equal(LogOdds(Text, label.Row) - LogOdds(string.Join(' ', Text.Split(' ').Where(word => word != term.Term)), label.Row), term.Weight, 1e-5);
        }

        Assert.Contains(explained, terms => terms.Count > 0);

        float LogOdds(string text, int label)
        {
            var odds = stored.Ranker.PredictLogOdds(model.Vectorizer!.Transform([new TextDocument("", "", text, [])]), model.LabelCount);
            return odds.Scores(0)[odds.Labels(0).IndexOf(label)];
        }
    }

    [Fact]
    public void Explain_WhereProbabilitiesAreOne_StillNamesTheWords()
    {
        const string Text = "alpha beta gamma delta epsilon";
        var model = Untrained([Text, Text], unigrams: true);
        var rows = Enumerable.Range(0, model.LabelCount).Select(_ => (Enumerable.Range(0, model.FeatureCount).ToArray(), Enumerable.Repeat(300f, model.FeatureCount).ToArray()));
        using var stored = StoredModel.Of([model with { Sparse = new SparseClassifier(SparseMatrix.OfRows([.. rows], model.FeatureCount), new float[model.LabelCount]) }], threads: 1);
        var predictor = new TextPredictor(stored, threads: 1);
        var labels = predictor.Predict(Text, 2);
        Assert.All(labels, label => Assert.Equal(1, label.Score));
        Assert.All(predictor.Explain(new TextDocument("", "", Text, []), labels, 5), terms => Assert.Equal(5, terms.Count));
    }

    [Fact]
    public void Explain_LabelThatTheModelDoesNotHave_HasNoTerms()
    {
        const string Text = "alpha beta gamma delta epsilon";
        using var stored = StoredModel.Of([Untrained([Text, Text], unigrams: true)], threads: 1);
        Assert.Empty(new TextPredictor(stored, threads: 1).Explain(new TextDocument("", "", Text, []), [new ScoredLabel(-1, "z", "z", 0.9f)], 5)[0]);
    }

    private static Model Untrained(string[] texts, int hashBits = 0, bool unigrams = false)
    {
        var options = new TextVectorizerOptions { HashBits = hashBits, MinDocuments = 1, MaxNgram = unigrams ? 1 : 2 };
        var vectorizer = TextVectorizer.Fit(texts.Select(text => new TextDocument("", "", text, [])), options);
        var model = SampleModels.Random(vectorizer.FeatureCount, labels: 6, dimensions: 8, seed: 3);
        return model with { Vectorizer = vectorizer, LabelIds = ["a", "b", "c", "d", "e", "f"] };
    }

    [Fact]
    public void Explain_NamesTheTermThatGivesTheLabelAway()
    {
        // Every label is the one that the word of its number brings along.
        var path = _folder["train.jsonl"];
        var random = new Random(7);
        TextFile.Write(Enumerable.Range(0, 600).Select(_ => random.Next(10)).Select(label =>
            new TextDocument("", "", $"noise{random.Next(30)} signal{label} noise{random.Next(30)} noise{random.Next(30)}", [$"label {label}"])), path);
        using var model = StoredModel.Of([Train(path, new TextVectorizerOptions { MaxNgram = 1 }, epochs: 30)]);
        var predictor = new TextPredictor(model);
        var document = new TextDocument("", "", "noise3 noise4 signal8 noise5", []);
        var labels = predictor.PredictMany([document], 3).Single().Labels;
        Assert.Equal("label 8", labels[0].Name);
        var explained = predictor.Explain(document, labels, 2);
        Assert.Equal(3, explained.Count);
        Assert.Equal("signal8", explained[0][0].Term);
        Assert.True(explained[0].Count <= 2 && explained[0].All(term => term.Weight > 0));
    }

    [Fact]
    public void TextPredictor_OfAModelOfFeatures_IsRefused() =>
        Assert.Contains("not on raw text", Assert.Throws<LightDxmlException>(() => new TextPredictor(StoredModel.Of([SampleModels.Random(3, 4, 5, seed: 1)]))).Message, StringComparison.Ordinal);

    private static Model Train(string path, TextVectorizerOptions text, int epochs = 6, int seed = 1)
    {
        var options = new TrainingOptions
        {
            Encoder = new EncoderOptions { Dimensions = 24 },
            Text = text,
            Seed = seed,
        };
        var fitted = TextDataset.Fit(path, new TextReadOptions(), text);
        return Trainer.Train(fitted.Dataset, null, options with { Schedule = options.Schedule with { Epochs = epochs } }, threads: 2, new SilentObserver())
            with
        { Vectorizer = fitted.Vectorizer, LabelIds = fitted.Labels.Ids };
    }

    private static int[] Bits(IEnumerable<float> values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
