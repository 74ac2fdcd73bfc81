using LightDxml.Data;
using LightDxml.Text.Vectors;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Tests;

public sealed class TextEncoderTests
{
    private const float Tolerance = 1e-6f;

    private const string MeanConfig = """{"pooling_mode_mean_tokens": true, "pooling_mode_cls_token": false}""";
    private const string FirstTokenConfig = """{"pooling_mode_mean_tokens": false, "pooling_mode_cls_token": true}""";

    // [CLS] (1, 0), [SEP] (0, 1), red (3, 4), green (−5, 2), sea (2, −2); unknown (9, 9).
    [Theory]
    [InlineData("red", 4, 5)]
    [InlineData("Red, sea", 15, 12)]
    [InlineData("green", -4, 3)]
    [InlineData("yellow", 10, 10)]
    public void Mean_OfTokens_IsThatByHand(string text, float x, float y)
    {
        using var folder = new TinyFolder();
        folder.Write("1_Pooling/config.json", MeanConfig);
        using var encoder = folder.Open();
        AssertUnit(x, y, encoder.Vector(text));
    }

    [Theory]
    [InlineData("red")]
    [InlineData("green blue")]
    [InlineData("yellow")]
    public void FirstToken_IsTheMark(string text)
    {
        using var folder = new TinyFolder();
        folder.Write("1_Pooling/config.json", FirstTokenConfig);
        using var encoder = folder.Open();
        AssertUnit(1, 0, encoder.Vector(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("\u200b\u0000")]
    public void Texts_WithoutAToken_AreZeros(string text)
    {
        using var folder = new TinyFolder();
        folder.Write("config_sentence_transformers.json", """{"prompts": {"query": "red: "}, "default_prompt_name": "query"}""");
        using var encoder = folder.Open();
        Assert.Equal([0, 0], encoder.Vector(text));
        Assert.Equal([[0, 0]], encoder.Vectors([text]));
    }

    // Windows of 6 tokens: 2 × [CLS] + 4 × red + [SEP] …
    [Theory]
    [InlineData(1, 1 + 6 * 3, 1 + 6 * 4)]
    [InlineData(2, null, null)]
    public void Windows_BeyondTheFirst_AreAveragedByTheirTokens(int windows, int? x, int? y)
    {
        using var folder = new TinyFolder();
        using var encoder = folder.Open(options => options with { MaxTokens = 8, Windows = windows });
        var text = string.Join(' ', Enumerable.Repeat("red", 6).Concat(Enumerable.Repeat("green", 3)));
        if (x is { } first)
        {
            AssertUnit(first, y!.Value, encoder.Vector(text));
            return;
        }

        var (red, green) = (encoder.Vector("red red red red red red"), encoder.Vector("green green green"));
        AssertUnit(6 * red[0] + 3 * green[0], 6 * red[1] + 3 * green[1], encoder.Vector(text));
        Assert.Equal(encoder.Vector(text), encoder.Vectors(["sea", text, "blue"])[1]);
    }

    [Theory]
    [InlineData("", "green: ")]
    [InlineData("query", "red ")]
    [InlineData("document", "")]
    public void Prompts_StandBeforeTheText(string name, string prompt)
    {
        using var folder = new TinyFolder();
        using var plain = folder.Open();
        folder.Write("config_sentence_transformers.json", """{"prompts": {"query": "red ", "document": "", "standard": "green: "}, "default_prompt_name": "standard"}""");
        using var encoder = folder.Open(options => options with { Prompt = name });
        Assert.Equal(plain.Vector(prompt + "sea"), encoder.Vector("sea"));
    }

    [Fact]
    public void Prompts_StandBeforeATextThatStartsWithManyBlanks()
    {
        using var folder = new TinyFolder();
        folder.Write("tokenizer.json", """
            {"pre_tokenizer": {"type": "Metaspace"}, "model": {"type": "Unigram", "unk_id": 1, "vocab": [["<pad>", 0], ["<unk>", 0], ["</s>", 0], ["▁", -5], ["▁sea", -1], ["▁red", -1]]}}
            """);
        using var plain = folder.Open();
        folder.Write("config_sentence_transformers.json", """{"prompts": {"query": "red "}}""");
        using var encoder = folder.Open(options => options with { Prompt = "query" });
        var blanks = new string(' ', 200);
        Assert.Equal(plain.Vector("red sea"), encoder.Vector(blanks + "sea"));
        Assert.Equal([0, 0], encoder.Vector(blanks));
    }

    // Red, für and 東京 have (3, 4) each, what is unknown (9, 9).
    [Theory]
    [InlineData("{}", """{"do_lower_case": false}""", "RED", true)]
    [InlineData("{}", "{}", "RED", true)]
    [InlineData("""{"do_lower_case": false}""", "{}", "RED", false)]
    [InlineData("""{"do_lower_case": false}""", """{"do_lower_case": true}""", "RED", true)]
    [InlineData("""{"do_lower_case": true, "strip_accents": false}""", "{}", "FÜR", true)]
    [InlineData("""{"do_lower_case": true, "strip_accents": null}""", "{}", "für", false)]
    [InlineData("""{"do_lower_case": false, "strip_accents": true}""", "{}", "réd", true)]
    [InlineData("""{"tokenize_chinese_chars": false}""", "{}", "東京", true)]
    [InlineData("{}", "{}", "東京", false)]
    public void CaseAccentsAndChinese_AreAsTheTokenizersSettingsSay(string tokenizer, string sentences, string text, bool isKnown)
    {
        using var folder = new TinyFolder(new TinyNetwork { Table = [.. TinyFolder.Table[..10], 3, 4, 3, 4] });
        folder.Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nred\nfür\n東京\n");
        folder.Write("tokenizer_config.json", tokenizer);
        folder.Write("sentence_bert_config.json", sentences);
        using var encoder = folder.Open();
        AssertUnit(isKnown ? 4 : 10, isKnown ? 5 : 10, encoder.Vector(text));
    }

    [Theory]
    [InlineData("minilm")]
    [InlineData("arctic-xs")]
    public void Vectors_AreTheSameBits_InEveryOrderBatchAndNumberOfThreads(string name)
    {
        using var encoder = BuiltIn.Get(name, options => options with { MaxTokens = 24, Windows = 2 });
        var texts = Enumerable.Range(0, 60).Select(i => string.Join(' ', Enumerable.Range(0, 1 + i * 7 % 45).Select(j => $"word{i * j % 13} of law"[..(4 + j % 7)]))).ToArray();
        var expected = texts.Select(encoder.Vector).ToArray();
        Assert.Equal(expected, encoder.Vectors(texts, threads: 1));
        Assert.Equal(expected, encoder.Vectors(texts, threads: 3));
        Assert.Equal(expected.Reverse(), encoder.Vectors(texts.Reverse(), threads: 2));
        Assert.Equal(expected[20..29], encoder.Vectors(texts[20..29], threads: 2));
        Assert.All(expected, vector => Assert.Equal(1, vector.Sum(value => (double)value * value), 1e-5));
    }

    [Fact]
    public void Networks_WhoseBitsDependOnTheBatch_RunEachTextAlone()
    {
        // Divided by another number, a text's vector rounds otherwise.
        using var folder = new TinyFolder(new TinyNetwork { Table = [.. TinyFolder.Table.Select(value => value * 0.1f)], DependsOnBatch = true });
        using var encoder = folder.Open();
        string[] texts = ["red", "green", "blue", "sea", "red sea", "blue green", "sea sea"];
        Assert.Equal(texts.Select(encoder.Vector), encoder.Vectors(texts));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Progress_RisesToTheEnd_WithTheTimeLeft(int threads)
    {
        using var folder = new TinyFolder();
        using var encoder = folder.Open();
        var seen = new ProgressList();
        encoder.Encode(EncoderCalls.Utf8(Enumerable.Range(0, 5000).Select(i => i % 3 == 0 ? "red" : "blue sea")), new DenseMatrix(5000, 2), threads, seen);
        Assert.Equal(seen.Reports.Select(report => report.Done).Order(), seen.Reports.Select(report => report.Done));
        Assert.Equal(new TextEncodingProgress(0, 5000, null), seen.Reports[0]);
        Assert.Equal(new TextEncodingProgress(5000, 5000, TimeSpan.Zero), seen.Reports[^1]);
        Assert.Contains(seen.Reports, report => report.Left > TimeSpan.Zero);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Cancellation_EndsTheCall_AndTheEncoderGoesOn(int threads)
    {
        using var folder = new TinyFolder();
        using var encoder = folder.Open();
        using var cancellation = new CancellationTokenSource();
        var texts = EncoderCalls.Utf8(Enumerable.Repeat("red sea", 20_000));
        Assert.Throws<OperationCanceledException>(() =>
            encoder.Encode(texts, new DenseMatrix(texts.Length, 2), threads, new ProgressAction(report => { if (report.Done > 0) cancellation.Cancel(); }), cancellation.Token));
        Assert.Equal(encoder.Vector("red"), encoder.Vectors(["red"])[0]);
    }

    [Fact]
    public void Fingerprints_ChangeWithEverythingThatVectorsDependOn()
    {
        using var folder = new TinyFolder();
        var fingerprints = new List<string> { Fingerprint(), Fingerprint(options => options with { MaxTokens = 16 }), Fingerprint(options => options with { Windows = 2 }) };
        folder.Write("1_Pooling/config.json", FirstTokenConfig);
        fingerprints.Add(Fingerprint());
        folder.Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\ngreen\nred\nblue\nsea\n");
        fingerprints.Add(Fingerprint());
        foreach (var settings in new[] { """{"do_lower_case": false}""", """{"strip_accents": false}""", """{"tokenize_chinese_chars": false}""" })
        {
            folder.Write("tokenizer_config.json", settings);
            fingerprints.Add(Fingerprint());
        }

        folder.Write("sentence_bert_config.json", """{"do_lower_case": true}""");
        fingerprints.Add(Fingerprint());
        folder.Write("model.onnx", new TinyNetwork { Table = [.. TinyFolder.Table.Reverse()] }.Bytes());
        fingerprints.Add(Fingerprint());
        Assert.Equal(fingerprints.Count, fingerprints.Distinct().Count());
        Assert.Equal(fingerprints[^1], Fingerprint(options => options with { CacheFolder = "elsewhere" }));

        string Fingerprint(Func<TextEncoderOptions, TextEncoderOptions>? change = null)
        {
            using var encoder = folder.Open(change);
            return encoder.Fingerprint;
        }
    }

    private static void AssertUnit(float x, float y, float[] vector)
    {
        var norm = MathF.Sqrt(x * x + y * y);
        Assert.Equal(x / norm, vector[0], Tolerance);
        Assert.Equal(y / norm, vector[1], Tolerance);
    }

    private sealed class ProgressAction(Action<TextEncodingProgress> act) : IProgress<TextEncodingProgress>
    {
        public void Report(TextEncodingProgress value) => act(value);
    }

    private sealed class ProgressList : IProgress<TextEncodingProgress>
    {
        public List<TextEncodingProgress> Reports { get; } = [];

        public void Report(TextEncodingProgress value) => Reports.Add(value);
    }
}
