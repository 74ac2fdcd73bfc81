using System.Text;
using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.Providers;
using LightDxml.TestKit;
using LightDxml.Text;
using LightDxml.Text.Reading;
using LightDxml.TextEncoding;
using LightDxml.Training;

namespace LightDxml.Tests.Door;

/// <summary>Classifiers of text with a text encoder, here one without a network.</summary>
public sealed class EncodedTextClassifierTests : IDisposable
{
    private static readonly TrainingOptions Options = Tickets.Quick with { Text = Tickets.Quick.Text with { Encoder = "minilm" } };
    private static readonly string[] Texts = [.. Tickets.Create(40, seed: 2).Select(ticket => ticket.Text), "", "words of no document"];

    private readonly TemporaryFolder _folder = new();
    private readonly List<WordEncoder> _opened = [];
    private int _seed = 1;

    public EncodedTextClassifierTests()
    {
        Environment.SetEnvironmentVariable(KeptVectors.EnvironmentVariable, "none");
        ProviderCatalog.Register("onnx", () => new WordEncoderProvider(options =>
        {
            _opened.Add(new WordEncoder(options.Name, seed: _seed));
            return _opened[^1];
        }));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model")]
    [InlineData("model.ldx")]
    public void SavedAndLoaded_OneOrManyOrBytes_GivesTheSameBits(string name)
    {
        using var trained = Train();
        trained.Save(_folder[name]);
        using var loaded = TextClassifier.Load(_folder[name]);
        var alone = Texts.Select(text => trained.Predict(text, 3)).ToArray();
        var buffer = new LabelScore[3];
        Assert.Equal(alone, Texts.Select(text => loaded.Predict(text, 3)));
        Assert.Equal(alone, Texts.Select(text => buffer[..loaded.Predict(Encoding.UTF8.GetBytes(text), buffer)].ToArray()));
        Assert.Equal(alone, loaded.PredictMany(Texts, 3, threads: 2));
        Assert.Equal("printer", loaded.Predict("toner and paper jam in the printer", 1)[0].Label);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Models_OfAnyNumberOfThreads_AreTheSameFiles(int threads)
    {
        using var one = Train();
        using var many = TextClassifier.Train(Tickets.Create(120), Options, threads: threads);
        one.Save(_folder["one"]);
        many.Save(_folder["many"]);
        foreach (var file in new[] { "config.json", "model.safetensors", "vocabulary.txt" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["one"], file)), File.ReadAllBytes(Path.Combine(_folder["many"], file)));
    }

    [Fact]
    public void UnknownWords_ArePredictedByTheirVector_AnEmptyTextByThePrior()
    {
        using var stored = Stored();
        var predictor = new TextPredictor(stored);
        var known = predictor.PredictMany([new("", "", "words of no document", []), new("", "", "", [])], 4).Select(predicted => predicted.IsKnown);
        Assert.Equal([true, false], known);
    }

    [Fact]
    public void NewTerms_StandBeforeTheVector_AndOtherTextsKeepTheirLabels()
    {
        using (var trained = Train())
            trained.Save(_folder["model"]);
        using var model = ModelStore.Load(_folder["model"])[0];
        var wider = model.Vectorizer!.With([DocumentSource.OfList([new("", "", "keycard door", []), new("", "", "printer keycard", [])])], model.Vectorizer.DocumentCount, [], 1);
        Assert.Equal([.. model.Vectorizer.Terms()!, "keycard", "door", "keycard door", "printer keycard"], wider.Terms());
        var changed = WiderVocabulary.Of(model, wider);
        changed.CheckParts("the model");
        TextDocument[] texts = [.. Texts.Select(text => new TextDocument("", "", text, []))];
        Assert.Equal(Labels(model), Labels(changed));

        IEnumerable<ScoredLabel> Labels(Model of) => new TextPredictor(StoredModel.Of([of])).PredictMany(texts, 3).SelectMany(text => text.Labels);
    }

    [Fact]
    public void Explanations_NameWords_AndTheVectorAsAWhole()
    {
        // Of tickets that are all right, scores are 0 and 1.
        var tickets = Tickets.Create(240).Select((ticket, place) => place % 4 == 0 ? (ticket.Text, ["account"]) : ticket);
        using (var trained = TextClassifier.Train(tickets, Options, threads: 1))
            trained.Save(_folder["model"]);
        using var stored = ModelStore.Open(_folder["model"]);
        var predictor = new TextPredictor(stored);
        var document = new Text.TextDocument("", "", "toner and paper jam in the printer", []);
        var labels = predictor.PredictMany([document], 4).Single().Labels;
        var explained = predictor.Explain(document, labels, 100);
        Assert.Contains(explained[0], term => term.Term is "printer" or "toner" or "jam");
        Assert.All(explained, terms => Assert.DoesNotContain(terms, term => term.Term.StartsWith('#')));

        // The vector's weight is what the log odds of a label that it speaks for lose where a text has none.
        var place = Enumerable.Range(0, labels.Count).First(label => explained[label].Any(term => term.Term == "[minilm]"));
        var row = stored.Vectorizer!.Transform([document]);
        var without = Data.UnitRows.Of(row.WithColumns(column => column < stored.Vectorizer.TermCount ? column : -1, row.ColumnCount));
        Assert.Equal(LogOdds(row) - LogOdds(without), explained[place].Single(term => term.Term == "[minilm]").Weight, 4);

        float LogOdds(Data.SparseMatrix of)
        {
            var odds = stored.Ranker.PredictLogOdds(of, 4);
            return odds.Scores(0)[odds.Labels(0).IndexOf(labels[place].Row)];
        }
    }

    [Fact]
    public void Load_WithAnotherEncoderOfTheName_IsRefused_AndTheEncoderClosed()
    {
        using (var trained = Train())
            trained.Save(_folder["model"]);
        _seed = 2;
        var message = Assert.Throws<LightDxmlException>(() => TextClassifier.Load(_folder["model"])).Message;
        foreach (var part in new[] { _folder["model"], "'minilm'", "fingerprint" })
            Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.True(_opened[^1].IsDisposed);
    }

    [Theory]
    [InlineData("\"encoderTokens\": 256", "\"encoderTokens\": 1", "text.encoderTokens")]
    [InlineData("\"encoderTokens\"", "\"encoderTocens\"", "encoderTocens")]
    [InlineData("\"textEncoderFingerprint\"", "\"textEncoderFingerprimt\"", "textEncoderFingerprint is missing")]
    [InlineData("\"encoder\": \"minilm\"", "\"encoder\": \"none\"", "features")]
    public void Load_OfADamagedConfiguration_IsAStatedError(string from, string to, string fault)
    {
        using (var trained = Train())
            trained.Save(_folder["model"]);
        var path = Path.Combine(_folder["model"], "config.json");
        var json = File.ReadAllText(path);
        Assert.Contains(from, json, StringComparison.Ordinal);
        File.WriteAllText(path, json.Replace(from, to, StringComparison.Ordinal));
        Assert.Contains(fault, Assert.ThrowsAny<LightDxmlException>(() => TextClassifier.Load(_folder["model"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_ClosesTheEncoder_AsDoesATrainingThatFails()
    {
        Train().Dispose();
        Assert.All(_opened, encoder => Assert.True(encoder.IsDisposed));
        Assert.ThrowsAny<LightDxmlException>(() => TextClassifier.Train([("text", Array.Empty<string>())], Options, threads: 1));
        Assert.Equal(2, _opened.Count);
        Assert.True(_opened[1].IsDisposed);
    }

    [Fact]
    public void Ensemble_SharesOneEncoder()
    {
        using var first = Stored();
        using var second = Stored();
        ModelStore.Save([first.Members[0], second.Members[0]], _folder["both"]);
        _opened.Clear();
        using var both = ModelStore.Open(_folder["both"]);
        Assert.Single(_opened);
        Assert.Same(both.Members[0].Vectorizer, both.Members[1].Vectorizer);
        Assert.Equal("printer", new TextPredictor(both).Predict("toner jam printer", 1)[0].Id);
    }

    [Fact]
    public void SecondTraining_TakesVectorsOfTheFirst_WithTheSameModel()
    {
        Environment.SetEnvironmentVariable(KeptVectors.EnvironmentVariable, _folder["vectors"]);
        using var first = Train();
        using var second = Train();
        Assert.True(_opened[0].Encoded > 100);
        Assert.Equal(0, _opened[1].Encoded);
        Assert.Equal(Texts.Select(text => first.Predict(text, 3)), Texts.Select(text => second.Predict(text, 3)));
        var kept = new FileInfo(Directory.GetFiles(_folder["vectors"]).Single()).Length;
        Assert.NotEmpty(second.PredictMany(["a text that was not trained on"], 3));
        Assert.Equal(kept, new FileInfo(Directory.GetFiles(_folder["vectors"]).Single()).Length);
    }

    [Fact]
    public void WithoutAnEncoder_NothingIsOpened_AndConfigurationsSayNothingOfOne()
    {
        using var trained = TextClassifier.Train(Tickets.Create(60), Tickets.Quick, threads: 1);
        trained.Save(_folder["model"]);
        using var loaded = TextClassifier.Load(_folder["model"]);
        Assert.Empty(_opened);
        Assert.DoesNotContain("ncoder", File.ReadAllText(Path.Combine(_folder["model"], "config.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_TellsOfTextVectors()
    {
        var phases = new List<string>();
        using var trained = TextClassifier.Train(Tickets.Create(60), Options, new Collector(phases), threads: 1);
        Assert.Equal("text vectors", phases[0]);
        Assert.Equal(60, phases.Count(phase => phase == "text vectors"));
    }

    private static TextClassifier Train() => TextClassifier.Train(Tickets.Create(120), Options, threads: 1);

    private StoredModel Stored()
    {
        using (var trained = Train())
            trained.Save(_folder["stored"]);
        return ModelStore.Open(_folder["stored"]);
    }

    private sealed class Collector(List<string> phases) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => phases.Add(value.Phase);
    }
}
