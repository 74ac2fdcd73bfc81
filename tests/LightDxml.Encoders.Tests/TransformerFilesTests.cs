using System.Text.Json;
using LightDxml.Encoders.Transformers;
using LightDxml.Text;
using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Tests;

/// <summary>Networks to be trained further, and their tokens. That their numbers are right, the tests of libtorch hold.</summary>
public sealed class TransformerFilesTests
{
    private const string Configuration = "{\"model_type\":\"bert\",\"num_attention_heads\":2}";

    [Fact]
    public void OpenTrainable_NetworkOfAnotherKind_IsTold()
    {
        using var folder = new TinyFolder();
        folder.Write("config.json", Configuration);
        Assert.Contains("model.onnx: it has no matrix embeddings.word_embeddings.weight", Fault(folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void OpenTrainable_WeightsElsewhere_AreTold()
    {
        using var folder = new TinyFolder(new TinyNetwork { Table = TinyFolder.Table, Weights = [1, 2, 3, 4], WeightsElsewhere = true });
        folder.Write("config.json", Configuration);
        Assert.Contains("its weights weights lie in another file", Fault(folder.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(60)]
    public void OpenTrainable_FileCutOff_IsTold(int bytes)
    {
        using var folder = new TinyFolder();
        folder.Write("config.json", Configuration);
        folder.Write("model.onnx", File.ReadAllBytes(folder["model.onnx"])[..bytes]);
        Assert.Contains("model.onnx", Fault(folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void OpenTrainable_NoFolder_NamesTheEncodersThatThereAre() =>
        Assert.Contains("no/such: there is no such folder; minilm, arctic-xs", Fault("no/such"), StringComparison.Ordinal);

    [Fact]
    public void Write_OntoAnotherEncoder_LeavesNothingOfIt_AndForeignFilesAsTheyAre()
    {
        using var folder = new TinyFolder();
        var encoder = new TrainableEncoder(null!, new TransformerGraph(File.ReadAllBytes(folder["model.onnx"]), "tiny"), new Dictionary<string, byte[]> { ["vocab.txt"] = File.ReadAllBytes(folder["vocab.txt"]) });
        string[] old =
        [
            "model_quantized.onnx", "model.onnx_data", "onnx/model.onnx", "onnx/model_int8.onnx", "model.safetensors", "pytorch_model.bin", "tokenizer.json", "config.json",
            "tokenizer_config.json", "sentence_bert_config.json", "config_sentence_transformers.json", "modules.json", "1_Pooling/config.json",
        ];
        foreach (var name in old.Append("README.md"))
            folder.Write(name, "of the other encoder");

        encoder.Write(folder.Path, new Dictionary<string, TransformerTensor> { ["table"] = new([8, 2], TinyFolder.Table.Reverse().ToArray()) });

        Assert.Equal(["README.md", "model.onnx", "vocab.txt"], Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder.Path, path)).Order(StringComparer.Ordinal));
        using var other = new TinyFolder(new TinyNetwork { Table = [.. TinyFolder.Table.Reverse()] });
        using var expected = other.Open();
        using var written = folder.Open();
        Assert.Equal(expected.Vector("red sea"), written.Vector("red sea"));
    }

    [Fact]
    public void Write_EncoderWithADefaultPrompt_KeepsThePromptsAndHasNoDefault()
    {
        using var folder = new TestKit.TemporaryFolder();
        TrainableEncoder.Open("minilm").Write(folder["encoder"], new Dictionary<string, TransformerTensor>());
        File.WriteAllText(folder["encoder/config_sentence_transformers.json"], """{"prompts": {"query": "find: "}, "default_prompt_name": "query", "similarity_fn_name": null}""");

        TrainableEncoder.Open(folder["encoder"]).Write(folder["trained"], new Dictionary<string, TransformerTensor>());

        using var settings = JsonDocument.Parse(File.ReadAllBytes(folder["trained/config_sentence_transformers.json"]));
        Assert.Equal(["prompts", "similarity_fn_name"], settings.RootElement.EnumerateObject().Select(setting => setting.Name));
        Assert.Equal("find: ", new Sources.EncoderSettings(folder["trained"]).Prompt("query"));
        Assert.Equal("", new Sources.EncoderSettings(folder["trained"]).Prompt(""));
    }

    [Theory]
    [InlineData(4096, new[] { 5, 7, 8, 2, 6 })]
    [InlineData(3, new[] { 5, 7, 8 })]
    [InlineData(1, new[] { 5 })]
    public void DocumentTokens_TitleBeforeText_AreIdsPlusOne(int most, int[] expected)
    {
        using var folder = new TinyFolder();
        folder.Write("a.jsonl", "{\"title\":\"Red blue\",\"text\":\"sea rock green\",\"labels\":[\"a\"]}\n{\"text\":\"\",\"labels\":[\"b\"]}\n");
        var tokenizer = Sources.EncoderFolder.Open(folder.Options).Tokenizer;
        var read = DocumentTokens.Read(folder["a.jsonl"], new TextReadOptions { Threads = 1 }, tokenizer, most);
        Assert.Equal(expected, read[0].ToArray());
        Assert.Empty(read[1].ToArray());
        Assert.Equal(9, read.TokenCount);
    }

    private static string Fault(string name) => Assert.ThrowsAny<LightDxmlException>(() => TrainableEncoder.Open(name)).Message;
}
