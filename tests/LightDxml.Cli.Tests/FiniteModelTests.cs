using System.Buffers.Binary;
using System.Text.Json;

namespace LightDxml.Cli.Tests;

/// <summary>Parameters that are infinite or no numbers are neither saved nor loaded.</summary>
public sealed class FiniteModelTests : IDisposable
{
    private readonly TinyDataset _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("encoder.embeddingRate=1e30", "encoder.residualRate=1e30", "encoder.classifierRate=1e30")]
    [InlineData("encoder.classifierRate=1e38", "encoder.embeddingRate=1e38", "storage.precision=float32")]
    [InlineData("encoder.embeddingRate=1e300", "encoder.residualRate=1e300", "encoder.classifierRate=1e300")]
    public void Train_ThatDiverges_SaysSoAndSavesNothing(params string[] settings)
    {
        var (exitCode, _, messages) = Lightdxml.Run(["train", "--train", _data["train.txt"], "--output", _data["model"], .. settings.SelectMany(setting => new[] { "--set", setting })]);

        Assert.Equal(1, exitCode);
        Assert.Contains("diverged", messages, StringComparison.Ordinal);
        Assert.Contains("encoder.embeddingRate", messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data["model"]));
    }

    [Theory]
    [InlineData("float32")]
    [InlineData("int8")]
    [InlineData("int4")]
    public void Predict_WithATensorThatIsNotFinite_IsRefused(string precision)
    {
        Assert.Equal(0, Lightdxml.Run("train", "--train", _data["train.txt"], "--output", _data["model"], "--set", "schedule.epochs=1", "--set", $"storage.precision={precision}").ExitCode);
        var path = Path.Combine(_data["model"], "model.safetensors");
        var sound = File.ReadAllBytes(path);
        string[] tensors = precision == "float32"
            ? ["encoder.embeddings", "classifier.weight", "label_embeddings", "classifier.bias"]
            : ["encoder.embeddings.scale", "classifier.weight.scale", "label_embeddings.scale", "encoder.residual.bias"];
        foreach (var tensor in tensors)
        {
            var damaged = sound.ToArray();
            var header = (int)BinaryPrimitives.ReadInt64LittleEndian(sound);
            using var entries = JsonDocument.Parse(sound.AsMemory(8, header));
            var start = 8 + header + entries.RootElement.GetProperty(tensor).GetProperty("data_offsets")[0].GetInt32();
            BinaryPrimitives.WriteSingleLittleEndian(damaged.AsSpan(start), tensor.Length % 2 == 0 ? float.NaN : float.NegativeInfinity);
            File.WriteAllBytes(path, damaged);

            var (exitCode, _, messages) = Lightdxml.Run("predict", "--model", _data["model"], "--input", _data["test.txt"], "--output", _data["predictions.txt"]);

            Assert.Equal(1, exitCode);
            Assert.Contains(tensor, messages, StringComparison.Ordinal);
            Assert.False(File.Exists(_data["predictions.txt"]));
        }
    }
}
