using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Text;
using LightDxml.Training;

namespace LightDxml.Tests.Door;

/// <summary>Training on documents with what may come beside them, and measuring the model on others.</summary>
public sealed class DocumentTrainingTests : IDisposable
{
    private static readonly TextDocument[] Documents = [.. Tickets.Create(120).Select((ticket, i) => new TextDocument($"{i}", "", ticket.Text, ticket.Labels))];
    private static readonly TextDocument[] Others = [.. Tickets.Create(60, seed: 2).Select((ticket, i) => new TextDocument($"{i}", "", ticket.Text, ticket.Labels))];
    private static readonly LabelCatalog Catalog = new(
    [
        new LabelEntry("printer", "Printing machines", [], ["devices"]), new LabelEntry("phone", "Telephones", [], ["devices"]), new LabelEntry("network", "Networks", [], []),
        new LabelEntry("account", "Accounts", [], []), new LabelEntry("devices", "Devices", [], []),
    ]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_OnAFileWithItsLabelsFile_IsTheModelThatTheCommandLineTrains()
    {
        var path = _folder["train.jsonl"];
        TextFile.Write(Documents, path);
        var options = Tickets.Quick;
        var text = TextDataset.Fit(path, new TextReadOptions(), options.Text, Catalog, nameSource: NameIndexing.Source(options.Names, options.Text, Catalog));
        ModelStore.Save([text.Complete(Trainer.Train(text.Dataset, null, options, 1, new SilentObserver(), NameIndexing.Of(text, options.Names), Checkpoint.None))], _folder["expected"]);
        using (var trained = TextClassifier.Train(TextFile.Read(path), options, catalog: Catalog, threads: 2))
            trained.Save(_folder["model"]);

        // How the file was read stands in the one, and the time that training took in the other.
        var files = Directory.GetFiles(_folder["expected"]).Select(Path.GetFileName).Except(["config.json", "training.json"]).ToArray();
        Assert.True(files.Length >= 3, string.Join(' ', files));
        Assert.All(files, name => Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["expected"], name!)), File.ReadAllBytes(Path.Combine(_folder["model"], name!))));
        using var loaded = TextClassifier.Load(_folder["model"]);
        var label = loaded.Predict("toner and paper jam in the printer", 1)[0];
        Assert.Equal(("printer", "Printing machines"), (label.Label, label.Name));
        Assert.Equal(["devices"], loaded.Shared.Model.Hierarchy!.Ancestors("printer"));
    }

    [Fact]
    public void Train_WithValidationDocuments_IsChosenByThem_AndLearnsNoLabelOfThem()
    {
        var options = Tickets.Quick with { Validation = new ValidationOptions { Share = 0 } };
        using var without = TextClassifier.Train(Documents, options, threads: 1);
        using var with = TextClassifier.Train(Documents, options, [.. Others, new TextDocument("", "", "printer", ["unheard-of"])], threads: 1);
        Assert.Null(without.Shared.Model.Thresholds);
        Assert.NotNull(with.Shared.Model.Thresholds);
        Assert.Equal(["account", "network", "phone", "printer"], with.Labels);
    }

    [Fact]
    public void Train_WithoutAnyValidationDocument_IsAnErrorThatSaysSo() => Assert.Equal(
        "the validation set has no documents to choose by.",
        Assert.Throws<LightDxmlException>(() => TextClassifier.Train(Documents, Tickets.Quick, validation: [], threads: 1)).Message);

    [Fact]
    public async Task TrainAsync_Documents_IsTheModelOfTrain()
    {
        using var expected = TextClassifier.Train(Documents, Tickets.Quick, catalog: Catalog, threads: 1);
        using var trained = await TextClassifier.TrainAsync(Documents, Tickets.Quick, catalog: Catalog, threads: 1);
        Assert.Equal(Others.Select(document => expected.Predict(document.Text)), Others.Select(document => trained.Predict(document.Text)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Train_CancelledWhileTextIsRead_ReadsNoFurther(bool inMemory)
    {
        using var stop = new CancellationTokenSource();
        var read = 0;
        var text = string.Concat(Enumerable.Repeat("toner paper jam ", 1 << 16));
        IEnumerable<TextDocument> Read()
        {
            for (var i = 0; i < 12; i++)
            {
                if (++read == 3)
                    stop.Cancel();
                yield return new TextDocument("", "", text, ["printer"]);
            }
        }

        Assert.Throws<OperationCanceledException>(() => TextClassifier.Train(inMemory ? new Counted(Read) : Read(), Tickets.Quick, threads: 1, cancellationToken: stop.Token));
        Assert.InRange(read, 3, 8);
    }

    [Fact]
    public void Evaluate_IsTheShareOfHits_AndLabelsThatTheModelLacksAreNotFound()
    {
        using var model = TextClassifier.Train(Documents, Tickets.Quick, threads: 1);
        TextDocument[] test = [.. Others.Select((document, i) => i % 2 == 0 ? document : document with { Labels = [.. document.Labels, "unheard-of"] })];
        var report = model.Evaluate(test, new EvaluationOptions { Ks = [1, 3], Threads = 2 });
        var hits = test.Select(document => model.Predict(document.Text, 3).Select(label => document.Labels.Contains(label.Label) ? 1 : 0).ToArray()).ToArray();
        Assert.Equal(hits.Average(ranks => ranks[0]), report.Precision[0], 12);
        Assert.Equal(hits.Average(ranks => ranks.Sum() / 3.0), report.Precision[1], 12);
        Assert.Equal(test.Zip(hits).Average(pair => pair.Second.Sum() / (double)pair.First.Labels.Count), report.Recall[1], 12);
        Assert.Equal((60, 5), (report.PointCount, report.TestLabelCount));
        Assert.InRange(report.PropensityScoredPrecision![0], 0.3, 1);
        Assert.Throws<OperationCanceledException>(() => model.Evaluate(test, cancellationToken: new CancellationToken(canceled: true)));
    }

    private sealed class Counted(Func<IEnumerable<TextDocument>> read) : IReadOnlyCollection<TextDocument>
    {
        public int Count => 12;

        public IEnumerator<TextDocument> GetEnumerator() => read().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
