using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.Names;
using LightDxml.TestKit;
using LightDxml.Text;
using LightDxml.Training;

namespace LightDxml.Tests.Names;

/// <summary>Names that stand in a document as they are written come before those that begin alike, from file to prediction.</summary>
public sealed class AlikeNamesTests : IDisposable
{
    private static readonly string[] Ends = ["mechanik", "chemie", "elektrodynamik", "optik", "management", "sicherung", "kennzahl"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_NamesAreWrittenWithOtherEndings_TakesAlike_AndTheExactNameIsFirst_AsInTheStoredModel()
    {
        var model = Train(WordEndings.Auto);
        Assert.Equal(WordEndings.Alike, model.Names!.Endings);
        ModelStore.Save([model], _folder["model"]);
        Assert.Contains("\"nameEndings\": \"alike\"", File.ReadAllText(Path.Combine(_folder["model"], "config.json")), StringComparison.Ordinal);
        foreach (var stored in new[] { StoredModel.Of([model]), ModelStore.Open(_folder["model"]) })
        {
            using (stored)
            {
                var predictor = new TextPredictor(stored);
                Assert.Equal("quantenoptik", predictor.Predict("Einführung in die Quantenoptik", 5)[0].Id);
                Assert.Equal("qualitätssicherung", predictor.Predict("Qualitätssicherung", 5)[0].Id);
            }
        }
    }

    [Fact]
    public void Train_Prefix_CannotTellThemApart()
    {
        using var stored = StoredModel.Of([Train(WordEndings.Prefix)]);
        Assert.NotEqual("qualitätssicherung", new TextPredictor(stored).Predict("Qualitätssicherung", 5)[0].Id);
    }

    /// <summary>Compounds that begin alike, mostly written with an ending that their names lack; two labels are in no text by their name.</summary>
    private Model Train(WordEndings endings)
    {
        string[] stems = ["quanten", "qualitäts", .. Enumerable.Range(0, 18).Select(i => new string((char)('a' + i), 7))];
        var random = new Random(5);
        var documents = Enumerable.Range(0, 600).Select(i =>
        {
            var name = $"{stems[random.Next(stems.Length)]}{Ends[random.Next(Ends.Length)]}";
            var text = name is "quantenoptik" or "qualitätssicherung" ? "einführung in anderes" : $"einführung in die {name}{(random.Next(4) == 0 ? "" : "en")}";
            return new TextDocument($"d{i}", "", $"{text} wort{random.Next(60)}", [name]);
        });
        var path = _folder[$"{endings}.jsonl"];
        TextFile.Write(documents, path);
        var catalog = new LabelCatalog([.. stems.SelectMany(stem => Ends.Select(end => new LabelEntry($"{stem}{end}", $"{stem}{end}", [], [])))]);
        var options = new TrainingOptions
        {
            Encoder = new EncoderOptions { Dimensions = 16 },
            Head = Head.Hybrid,
            Names = new NameOptions { Endings = endings },
            Text = new TextVectorizerOptions { MinDocuments = 2, Subwords = SubwordUse.None },
            Schedule = new ScheduleOptions { Epochs = 3 },
        };
        var text = TextDataset.Fit(path, new TextReadOptions(), options.Text, catalog, nameSource: NameIndexing.Source(options.Names, options.Text, catalog));
        return text.Complete(Trainer.Train(text.Dataset, null, options, 1, new SilentObserver(), NameIndexing.Of(text, options.Names), Checkpoint.None));
    }
}
