using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Prediction;
using LightDxml.Tests.Data;
using LightDxml.Text;
using LightDxml.Training;

namespace LightDxml.Tests.Text;

public sealed class TextModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(14)]
    public void PredictionOnRawText_OfTheStoredModel_EqualsPredictionOnExportedFeatures_BitForBit(int hashBits)
    {
        var train = _folder.PathOf("train.jsonl");
        var test = _folder.PathOf("test.csv");
        TextFile.Write(RandomDocuments.Create(400, seed: 3), train);
        TextFile.Write(RandomDocuments.Create(120, seed: 4), test);
        var model = Train(train, new TextVectorizerOptions { HashBits = hashBits });
        ModelFolder.Save(model, _folder.PathOf("model"));
        var loaded = ModelFolder.Load(_folder.PathOf("model"));

        // Features as another tool would get them: as text, made by the vectoriser of training.
        var labels = new LabelSpace(model.LabelIds!);
        DatasetFile.Write(TextDataset.Read(test, new TextReadOptions(), model.Vectorizer!, labels).Dataset, _folder.PathOf("test.txt"));
        using var onFeatures = new Predictor(model);
        var expected = onFeatures.Predict(DatasetFile.Read(_folder.PathOf("test.txt")).Features, 7);

        using var onText = new TextPredictor(loaded);
        var point = 0;
        foreach (var (document, predicted) in onText.PredictMany(TextFile.Read(test), 7))
        {
            Assert.Equal(expected.Labels(point).ToArray(), predicted.Select(label => label.Row));
            Assert.Equal(Bits(expected.Scores(point).ToArray()), Bits(predicted.Select(label => label.Score)));
            Assert.Equal(Bits(predicted.Select(label => label.Score)), Bits(onText.Predict($"{document.Title} {document.Text}", 7).Select(label => label.Score)));
            point++;
        }

        Assert.Equal(120, point);
    }

    [Fact]
    public void SaveAndLoad_KeepVocabularyLabelIdsAndTextSettings()
    {
        var path = _folder.PathOf("train.jsonl");
        TextFile.Write(RandomDocuments.Create(200, seed: 5), path);
        var model = Train(path, new TextVectorizerOptions { Unit = TermUnit.Characters, MinNgram = 3, MaxNgram = 4 });
        ModelFolder.Save(model, _folder.PathOf("model"));
        var loaded = ModelFolder.Load(_folder.PathOf("model"));
        Assert.Equal(model.Vectorizer!.Terms(), loaded.Vectorizer!.Terms());
        Assert.Equal(model.Vectorizer.Options, loaded.Options.Text);
        Assert.Equal(model.Vectorizer.DocumentCount, loaded.Vectorizer.DocumentCount);
        Assert.Equal(model.Vectorizer.DocumentFrequencies.ToArray(), loaded.Vectorizer.DocumentFrequencies.ToArray());
        Assert.Equal(Bits(model.Vectorizer.InverseDocumentFrequencies.ToArray()), Bits(loaded.Vectorizer.InverseDocumentFrequencies.ToArray()));
        Assert.Equal(model.LabelIds, loaded.LabelIds);
    }

    [Theory]
    [InlineData(0, "docs\t3", "expected 'documents'")]
    [InlineData(2, "no numbers", "expected a term")]
    [InlineData(-1, "one\t2\t3", "terms for")]
    public void Load_DamagedVocabulary_IsAStatedError(int line, string text, string fault)
    {
        var path = _folder.PathOf("train.jsonl");
        TextFile.Write(RandomDocuments.Create(100, seed: 6), path);
        ModelFolder.Save(Train(path, new TextVectorizerOptions()), _folder.PathOf("model"));
        var vocabulary = Path.Combine(_folder.PathOf("model"), ModelFolder.VocabularyFile);
        var lines = File.ReadAllLines(vocabulary).ToList();
        if (line < 0)
            lines.Add(text);
        else
            lines[line] = text;
        File.WriteAllLines(vocabulary, lines);
        Assert.Contains(fault, Assert.ThrowsAny<LightDxmlException>(() => ModelFolder.Load(_folder.PathOf("model"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_NamesTheTermThatGivesTheLabelAway()
    {
        // Every label is the one that the word of its number brings along.
        var path = _folder.PathOf("train.jsonl");
        var random = new Random(7);
        TextFile.Write(Enumerable.Range(0, 600).Select(_ => random.Next(10)).Select(label =>
            new TextDocument("", "", $"noise{random.Next(30)} signal{label} noise{random.Next(30)} noise{random.Next(30)}", [$"label {label}"])), path);
        using var predictor = new TextPredictor(Train(path, new TextVectorizerOptions { MaxNgram = 1 }, epochs: 30));
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
        Assert.Contains("not on raw text", Assert.Throws<LightDxmlException>(() => new TextPredictor(TestKit.SampleModels.Random(3, 4, 5, seed: 1))).Message, StringComparison.Ordinal);

    private static Model Train(string path, TextVectorizerOptions text, int epochs = 6)
    {
        var options = new TrainingOptions
        {
            Encoder = new EncoderOptions { Dimensions = 24 },
            Text = text,
        };
        var fitted = TextDataset.Fit(path, new TextReadOptions(), text);
        return Trainer.Train(fitted.Dataset, null, options with { Schedule = options.Schedule with { Epochs = epochs } }, threads: 2, new SilentObserver())
            with
        { Vectorizer = fitted.Vectorizer, LabelIds = fitted.Labels.Ids };
    }

    private static int[] Bits(IEnumerable<float> values) => [.. values.Select(BitConverter.SingleToInt32Bits)];

    private sealed class SilentObserver : ITrainingObserver
    {
        public void Report(TrainingEvent progress)
        {
        }
    }
}
