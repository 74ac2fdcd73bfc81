using LightDxml.Encoders.Transformers;
using LightDxml.Text;
using LightDxml.Text.Tokens;

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
