using System.Numerics.Tensors;
using System.Text;
using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Names;
using LightDxml.Providers;
using LightDxml.TestKit;
using LightDxml.Text.Vectors;
using LightDxml.Training;

namespace LightDxml.Text.Tests;

/// <summary>Rows of terms with a text vector behind.</summary>
public sealed class TextVectorTests : IDisposable
{
    private static readonly TextVectorizerOptions Options = new() { Encoder = "minilm", MinDocuments = 1, MaxNgram = 1, Subwords = SubwordUse.None };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "red blue red", true, true)]
    [InlineData("red", "blue", true, true)]
    [InlineData("", "words that are unknown", false, true)]
    [InlineData("", "", false, false)]
    public void Row_IsTermsAndVector_EachHalf_OfUnitLength(string title, string text, bool terms, bool vector)
    {
        using var encoder = new WordEncoder();
        var vectorizer = Fit(encoder, "red green", "blue red").Vectorizer;
        Assert.Equal((3, 3 + 12), (vectorizer.TermCount, vectorizer.FeatureCount));
        var row = vectorizer.Transform([new TextDocument("", title, text, [])]);
        var columns = row.RowColumns(0).ToArray();
        var values = row.RowValues(0).ToArray();

        Assert.Equal(terms, columns.Any(column => column < 3));
        Assert.Equal(vector ? Enumerable.Range(3, 12) : [], columns.Where(column => column >= 3));
        Assert.Equal(terms || vector ? 1f : 0f, TensorPrimitives.Norm(values), 6);
        if (!vector)
            return;
        var expected = new float[12];
        encoder.Encode(Encoding.UTF8.GetBytes($"{title} {text}".Trim()), expected);
        TensorPrimitives.Multiply(expected, terms ? MathF.Sqrt(0.5f) : 1, expected);
        Assert.Equal(expected, values[^12..]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Rows_OneByOneInBatchesOrFromAFile_AreTheSameBits(int threads)
    {
        using var encoder = new WordEncoder();
        var path = _folder["train.jsonl"];
        TextFile.Write(RandomDocuments.Create(400, seed: 8).Append(new TextDocument("none", "", "", [])), path);
        var fitted = TextDataset.Fit(path, new TextReadOptions { Threads = threads }, Options, encoder: encoder);
        var features = fitted.Dataset.Features;
        SparseMatrixSamples.AssertEqual(features, fitted.Vectorizer.Transform(TextFile.Read(path), threads));
        var row = 0;
        foreach (var document in TextFile.Read(path))
        {
            var scratch = fitted.Vectorizer.RowScratch.Get();
            var (columns, values) = scratch.Row(Encoding.UTF8.GetBytes(document.Title), Encoding.UTF8.GetBytes(document.Text));
            Assert.Equal(features.RowColumns(row).ToArray(), columns.ToArray());
            Assert.Equal(features.RowValues(row++).ToArray(), values.ToArray());
        }

        TextDataset.WriteCache(path, new TextReadOptions { Threads = threads }, fitted.Vectorizer, fitted.Labels, fitted.Labels.Ids, _folder["set.cache"]);
        SparseMatrixSamples.AssertEqual(features, DatasetCache.Read(_folder["set.cache"]).Features);
    }

    [Fact]
    public void Progress_CountsAllPieces_AndEndsWithoutTimeLeft()
    {
        using var encoder = new WordEncoder();
        var seen = new List<TextEncodingProgress>();
        // Pieces are of about two megabytes.
        var longText = string.Join(' ', Enumerable.Repeat("red", 250_000));
        TextDocument[] documents = [.. Enumerable.Range(0, 7).Select(i => new TextDocument($"{i}", "", i % 2 == 0 ? longText : "blue", ["a"]))];
        TextDataset.Fit(documents, Options, "documents", 1, encoder: encoder, bulk: new BulkEncoding { Progress = new Collector(seen) });
        Assert.Equal(Enumerable.Range(1, 7), seen.Select(progress => progress.Done));
        Assert.All(seen, progress => Assert.Equal(7, progress.Total));
        Assert.Equal(TimeSpan.Zero, seen[^1].Left);
        Assert.True(seen[0].Left > TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Cancelled_WhileTextsAreEncoded_Ends()
    {
        using var encoder = new WordEncoder();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            TextDataset.Fit([new TextDocument("", "", "red", ["a"])], Options, "documents", 1, encoder: encoder, bulk: new BulkEncoding { Cancellation = stop.Token }));
    }

    [Fact]
    public void NamesOfTermsAndFeatures_LeaveOutOrNameTheVector()
    {
        using var encoder = new WordEncoder(dimension: 2);
        var vectorizer = Fit(encoder, "red green").Vectorizer;
        Assert.Equal(["green", "red"], vectorizer.Terms());
        Assert.Equal(["green", "red", "[minilm 1]", "[minilm 2]"], vectorizer.FeatureNames());
        Assert.Equal("red", vectorizer.TermOf(1));
        Assert.Null(vectorizer.TermOf(2));
    }

    [Fact]
    public void NamesOfLabels_AreFoundAsWithoutAVector()
    {
        using var encoder = new WordEncoder();
        string[] texts = ["red green", "blue red", "green sea"];
        var plain = Fit(null, texts).Vectorizer;
        var encoded = Fit(encoder, texts).Vectorizer;
        var names = new LabelTexts([["red"], ["green sea"]]);
        foreach (var text in new[] { "a green sea", "red", "nothing" })
        {
            var (one, other) = (new NameMatcher(NameIndex.Build(names, plain, WordEndings.None)), new NameMatcher(NameIndex.Build(names, encoded, WordEndings.None)));
            var (row, longRow) = (plain.Transform(text), encoded.Transform(text));
            one.Match(row.Columns, row.Values);
            other.Match(longRow.Columns, longRow.Values);
            Assert.Equal(one.Labels, other.Labels);
            Assert.All(one.Labels, label => Assert.Equal(one[label].Similarity, other[label].Similarity, 5));
        }
    }

    [Fact]
    public void Vectorizers_AreTheSame_WithTheSameEncoderOnly()
    {
        using var encoder = new WordEncoder();
        using var same = new WordEncoder();
        using var another = new WordEncoder(seed: 2);
        var vectorizer = Fit(encoder, "red green").Vectorizer;
        Assert.True(vectorizer.IsSameAs(Fit(same, "red green").Vectorizer));
        Assert.False(vectorizer.IsSameAs(Fit(another, "red green").Vectorizer));
        Assert.False(vectorizer.IsSameAs(Fit(null, "red green").Vectorizer));
    }

    [Fact]
    public void Fit_OfAVectoriserByItself_WithAnEncoder_IsAnErrorThatNamesTheSetting() => Assert.Contains("text.encoder=minilm",
        Assert.Throws<Configuration.OptionsException>(() => TextVectorizer.Fit([new TextDocument("", "", "red", [])], Options)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("folder")]
    [InlineData("model.ldx")]
    public void Open_InAProgramWithoutEncoders_NamesPackageAndCall(string name)
    {
        using var encoder = new WordEncoder();
        var text = TextDataset.Fit([.. RandomDocuments.Create(80, seed: 2)], Options, "documents", 1, encoder: encoder);
        ModelStore.Save([text.Complete(Trainer.Train(text.Dataset, null, Tickets.Quick, 1, new SilentObserver()))], _folder[name]);
        var message = Assert.Throws<ProviderMissingException>(() => ModelStore.Open(_folder[name])).Message;
        foreach (var part in new[] { _folder[name], "text.encoder=minilm", "LightDxml.Encoders", "OnnxTextEncoders.Register()" })
            Assert.Contains(part, message, StringComparison.Ordinal);
    }

    private static FittedText Fit(ITextEncoder? encoder, params string[] texts) => TextDataset.Fit(
        [.. texts.Select(text => new TextDocument("", "", text, ["a"]))], encoder is null ? Options with { Encoder = "none" } : Options, "documents", 1, encoder: encoder);

    private sealed class Collector(List<TextEncodingProgress> seen) : IProgress<TextEncodingProgress>
    {
        public void Report(TextEncodingProgress value) => seen.Add(value);
    }
}
