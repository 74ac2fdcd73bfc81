using System.Text;
using LightDxml.Encoders;
using LightDxml.Encoders.Transformers;
using LightDxml.Models;
using LightDxml.TextEncoding;

namespace LightDxml.Torch.Tests;

/// <summary>Networks of the BERT family out of files.</summary>
[Collection(TorchTests.Name)]
public sealed class PretrainedTransformerTests
{
    private static readonly string[] Texts =
    [
        "Council Regulation fixing the export refunds on olive oil",
        "The cat sleeps.",
        "Décision de la Commission (2004/17/EC) über Käse, naïve tokenisation & Zürich",
        "directive " + string.Concat(Enumerable.Repeat("on the approximation of the laws of the Member States ", 8)),
        "a",
    ];

    [SkippableTheory]
    [InlineData("minilm")]
    [InlineData("arctic-xs")]
    public void Transformer_WeightsOfAnEncoder_GivesTheEncodersVectors(string name)
    {
        TorchBuild.Require();
        var pretrained = PretrainedTransformers.Open(name);
        using var encoder = new OnnxProvider().OpenTextEncoder(new TextEncoderOptions { Name = name });
        var vectors = TransformerVectors.Of(pretrained, Texts);
        foreach (var (text, vector) in Texts.Zip(vectors))
        {
            var expected = new float[encoder.Dimension];
            encoder.Encode(Encoding.UTF8.GetBytes(text), expected);
            Assert.All(expected.Zip(vector), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        }
    }

    [SkippableTheory]
    [InlineData("bert", 0, true, "gelu")]
    [InlineData("roberta", 2, true, "gelu")]
    [InlineData("distilbert", 0, false, "relu")]
    public void OpenFolder_FamiliesOfBert_AreTheirFormulas(string kind, int firstPosition, bool hasTokenTypes, string activation)
    {
        TorchBuild.Require();
        using var folder = Folder(kind, firstPosition, hasTokenTypes, activation);
        var pretrained = PretrainedTransformers.Open(folder.Path);
        Assert.Equal(12, pretrained.MaxTokens);
        Assert.Equal(hasTokenTypes, pretrained.Tensors.ContainsKey(TransformerNames.TokenTypes));
        var settings = new TransformerSettings(MadeUpTransformer.Heads, activation == "relu" ? TransformerActivation.Relu : TransformerActivation.Gelu, kind == "distilbert" ? 1e-12 : 1e-5, firstPosition);
        Assert.Equal(settings, pretrained.Settings);
        var formulas = new TransformerFormulas(settings, (name, place) => At(pretrained.Tensors[name], place), (name, dimension) => (int)pretrained.Tensors[name].Shape[dimension], hasTokenTypes);
        var vector = TransformerVectors.Of(pretrained, ["sea red"])[0];
        var states = formulas.States([2, 7, 4, 3]);
        double[] mean = [.. Enumerable.Range(0, MadeUpTransformer.Width).Select(i => states.Average(state => state[i]))];
        var length = Math.Sqrt(mean.Sum(value => value * value));
        Assert.All(mean.Zip(vector), pair => Assert.Equal(pair.First / length, pair.Second, 1e-5));
    }

    [Theory]
    [InlineData("config.json", "{\"model_type\":\"gpt2\",\"num_attention_heads\":2}", "model_type is gpt2")]
    [InlineData("config.json", "{\"model_type\":\"bert\"}", "num_attention_heads is missing")]
    [InlineData("config.json", "{\"model_type\":\"bert\",\"num_attention_heads\":3}", "3 heads of attention do not divide the width 16")]
    [InlineData("config.json", "{\"model_type\":\"bert\",\"num_attention_heads\":2,\"hidden_act\":\"swish\"}", "the activation is swish")]
    [InlineData("config.json", "[", "cannot be read")]
    [InlineData("config.json", null, "it has no config.json")]
    [InlineData("model.safetensors", null, "it has no model.onnx")]
    [InlineData("vocab.txt", null, "neither tokenizer.json nor vocab.txt")]
    public void OpenFolder_WhatIsForeign_IsTold(string file, string? content, string words)
    {
        using var folder = Folder("bert", 0, true, "gelu");
        if (content is null)
            File.Delete(folder[file]);
        else
            File.WriteAllText(folder[file], content);
        Assert.Contains(words, Assert.ThrowsAny<LightDxmlException>(() => PretrainedTransformers.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pretrained_TensorOfAnotherShape_OrNone_IsTold()
    {
        var shape = Assert.Throws<LightDxmlException>(() => MadeUpTransformer.Make(9, 12, change: tensors => tensors["encoder.layer.1.output.dense.weight"] = tensors["encoder.layer.1.intermediate.dense.weight"]));
        Assert.Contains("encoder.layer.1.output.dense.weight is [24, 16]; [16, 24] was expected", shape.Message, StringComparison.Ordinal);
        var none = Assert.Throws<LightDxmlException>(() => MadeUpTransformer.Make(9, 12, change: tensors => tensors.Remove("encoder.layer.0.attention.output.LayerNorm.bias")));
        Assert.Contains("no tensor encoder.layer.0.attention.output.LayerNorm.bias", none.Message, StringComparison.Ordinal);
        var words = Assert.Throws<LightDxmlException>(() => MadeUpTransformer.Make(9, 12, rename: name => name.Replace("word", "other", StringComparison.Ordinal)));
        Assert.Contains("embeddings.word_embeddings.weight", words.Message, StringComparison.Ordinal);
    }

    private static double At(TransformerTensor tensor, int[] place)
    {
        var at = 0L;
        for (var i = 0; i < place.Length; i++)
            at = at * tensor.Shape[i] + place[i];
        return tensor.Values.Span[(int)at];
    }

    /// <summary>A folder in Hugging Face's layout, of eight tokens and texts of twelve.</summary>
    private static TestKit.TemporaryFolder Folder(string kind, int firstPosition, bool hasTokenTypes, string activation)
    {
        var folder = new TestKit.TemporaryFolder();
        var writer = new SafetensorsWriter();
        foreach (var (name, tensor) in MadeUpTransformer.Tensors(8, 12 + firstPosition, hasTokenTypes))
            writer.Add($"{kind}.{(kind == "distilbert" ? Distilled(name) : name)}", TensorType.F32, tensor.Shape, tensor.Values);
        using (var stream = File.Create(folder["model.safetensors"]))
            writer.WriteTo(stream);
        File.WriteAllText(folder["vocab.txt"], "[PAD]\n[UNK]\n[CLS]\n[SEP]\nred\ngreen\nblue\nsea\n");
        File.WriteAllText(folder["config.json"], kind == "distilbert"
            ? $$"""{"model_type":"distilbert","n_heads":2,"activation":"{{activation}}","max_position_embeddings":12}"""
            : $$"""{"model_type":"{{kind}}","num_attention_heads":2,"hidden_act":"{{activation}}","layer_norm_eps":1e-5,"pad_token_id":1}""");
        return folder;
    }

    private static string Distilled(string name) => name
        .Replace("encoder.layer", "transformer.layer", StringComparison.Ordinal)
        .Replace("attention.self.query", "attention.q_lin", StringComparison.Ordinal)
        .Replace("attention.self.key", "attention.k_lin", StringComparison.Ordinal)
        .Replace("attention.self.value", "attention.v_lin", StringComparison.Ordinal)
        .Replace("attention.output.dense", "attention.out_lin", StringComparison.Ordinal)
        .Replace("attention.output.LayerNorm", "sa_layer_norm", StringComparison.Ordinal)
        .Replace("intermediate.dense", "ffn.lin1", StringComparison.Ordinal)
        .Replace("output.dense", "ffn.lin2", StringComparison.Ordinal)
        .Replace("output.LayerNorm", "output_layer_norm", StringComparison.Ordinal);
}
