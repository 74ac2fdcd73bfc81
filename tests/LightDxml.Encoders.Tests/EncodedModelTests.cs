using LightDxml.Configuration;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.TextEncoding;
using LightDxml.Training;

namespace LightDxml.Encoders.Tests;

/// <summary>Models of text with a network of ONNX Runtime, from training to prediction.</summary>
public sealed class EncodedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EncodedModelTests()
    {
        OnnxTextEncoders.Register();
        Environment.SetEnvironmentVariable(KeptVectors.EnvironmentVariable, _folder["vectors"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("minilm", 1)]
    [InlineData("minilm", 3)]
    [InlineData("arctic-xs", 2)]
    public void TrainedSavedAndLoaded_OneOrMany_GivesTheSameBits(string encoder, int threads)
    {
        using (var trained = TextClassifier.Train(Tickets.Create(80), Options(encoder), threads: threads))
            trained.Save(_folder["model"]);
        using var loaded = TextClassifier.Load(_folder["model"]);
        string[] texts = [.. Tickets.Create(20, seed: 2).Select(ticket => ticket.Text), "", "a photocopier that eats sheets"];
        Assert.Equal(texts.Select(text => loaded.Predict(text, 4)), loaded.PredictMany(texts, 4, threads: threads));
        Assert.Equal("printer", loaded.Predict("toner and paper jam in the printer", 1)[0].Label);
        Assert.Single(Directory.GetFiles(_folder["vectors"], $"{encoder}-*.vectors"));
    }

    [Fact]
    public void Models_OfOneAndOfManyThreads_AreTheSameFiles()
    {
        foreach (var (name, threads) in new[] { ("one", 1), ("many", 3) })
        {
            Environment.SetEnvironmentVariable(KeptVectors.EnvironmentVariable, "none");
            using var trained = TextClassifier.Train(Tickets.Create(60), Options("minilm"), threads: threads);
            trained.Save(_folder[name]);
        }

        foreach (var file in new[] { "config.json", "model.safetensors", "vocabulary.txt" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["one"], file)), File.ReadAllBytes(Path.Combine(_folder["many"], file)));
    }

    [Fact]
    public void Load_WhoseFolderHasAnotherNetwork_OrNone_IsAnErrorThatNamesIt()
    {
        using var network = new TinyFolder();
        using (var trained = TextClassifier.Train(Tickets.Create(60), Options(network.Options.Name), threads: 1))
            trained.Save(_folder["model"]);
        TextClassifier.Load(_folder["model"]).Dispose();

        // Other tokens are read at a time: another encoder, though of the same network.
        var configuration = Path.Combine(_folder["model"], "config.json");
        var json = File.ReadAllText(configuration);
        File.WriteAllText(configuration, json.Replace("\"encoderWindows\": 1", "\"encoderWindows\": 2", StringComparison.Ordinal));
        Assert.Contains("fingerprint", Assert.Throws<LightDxmlException>(() => TextClassifier.Load(_folder["model"])).Message, StringComparison.Ordinal);

        File.WriteAllText(configuration, json);
        File.Delete(network["model.onnx"]);
        var message = Assert.ThrowsAny<LightDxmlException>(() => TextClassifier.Load(_folder["model"])).Message;
        Assert.Contains(_folder["model"], message, StringComparison.Ordinal);
        Assert.Contains("has no model.onnx", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_OfAnEnsemble_ClosesItsEncoderOnceForAll()
    {
        using var network = new TinyFolder();
        using (var trained = TextClassifier.Train(Tickets.Create(60), Options(network.Options.Name), threads: 1))
            trained.Save(_folder["model"]);
        using (var first = ModelStore.Open(_folder["model"]))
        using (var second = ModelStore.Open(_folder["model"]))
            ModelStore.Save([first.Members[0], second.Members[0]], _folder["both"]);
        var both = TextClassifier.Load(_folder["both"]);
        Assert.NotEmpty(both.Predict("red sea", 1));
        both.Dispose();
        Assert.Throws<ObjectDisposedException>(() => both.Predict("red sea", 1));
    }

    [Theory]
    [InlineData("", "text.encoder")]
    [InlineData("no-such-encoder", "there is no such folder")]
    public void Train_WithAnEncoderThatIsNone_IsAnError(string encoder, string fault) => Assert.Contains(fault,
        Assert.Throws<OptionsException>(() => TextClassifier.Train(Tickets.Create(10), Options(encoder), threads: 1)).Message, StringComparison.Ordinal);

    private static TrainingOptions Options(string encoder) => Tickets.Quick with { Text = Tickets.Quick.Text with { Encoder = encoder } };
}
