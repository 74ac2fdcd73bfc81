using LightDxml.Models;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public VerifyCommandTests()
    {
        foreach (var name in new[] { "model", "model.ldx" })
            ModelStore.Save([SampleModels.Random(5, 3, 4, seed: 1) with { LabelNames = ["a", "b", "c"] }], _folder[name]);
        Data.DatasetCache.Write(SmallData.Learnable(20, 3, seed: 1), _folder["train.cache"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Verify_WholeFiles_SaysSoOfEach()
    {
        var (exitCode, output, messages) = Lightdxml.Run("verify", _folder["model"], _folder["model.ldx"], _folder["train.cache"]);
        Assert.Equal((0, ""), (exitCode, messages));
        Assert.Contains("labels.txt", output, StringComparison.Ordinal);
        Assert.Contains($"{_folder["model"]}: 4 files as saved.", output, StringComparison.Ordinal);
        Assert.Contains($"{_folder["model.ldx"]}: 4 files as saved.", output, StringComparison.Ordinal);
        Assert.Contains($"{_folder["train.cache"]}: 1 file as saved.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model", "labels.txt")]
    [InlineData("model", "model.safetensors")]
    [InlineData("model.ldx", null)]
    [InlineData("train.cache", null)]
    public void Verify_DamagedFile_IsNamed_AndTheOthersAreStillLookedAt(string name, string? file)
    {
        var path = file is null ? _folder[name] : Path.Combine(_folder[name], file);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(path, bytes);
        string[] order = [_folder[name], .. new[] { "model", "model.ldx", "train.cache" }.Where(other => other != name).Select(other => _folder[other])];
        var (exitCode, output, messages) = Lightdxml.Run(["verify", .. order]);
        Assert.Equal(1, exitCode);
        Assert.Contains("DAMAGED", output, StringComparison.Ordinal);
        Assert.Contains(file ?? name, output, StringComparison.Ordinal);
        Assert.StartsWith($"error: {_folder[name]}: 1 file of ", messages, StringComparison.Ordinal);
        Assert.Equal(2, output.Split(" as saved.").Length - 1);
    }

    [Theory]
    [InlineData("nothing", false, " is not a model folder: config.json is missing.")]
    [InlineData("text", true, ": 1 file of 1 damaged.")]
    public void Verify_WhatIsNoModel_IsAnError_AndWhatIsNotThereIsNotDamaged(string name, bool damaged, string message)
    {
        File.WriteAllText(_folder["text"], "some text");
        var (exitCode, output, messages) = Lightdxml.Run("verify", _folder[name]);
        Assert.Equal(1, exitCode);
        Assert.Equal(damaged, output.Contains("DAMAGED", StringComparison.Ordinal));
        Assert.StartsWith($"error: {_folder[name]}{message}", messages, StringComparison.Ordinal);
    }
}
