namespace LightDxml.Cli.Tests;

public sealed class MemoryOptionTests : IDisposable
{
    private readonly TinyDataset _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Train_WithinALimit_GivesTheSameBits_AndSaysWhatItTakes()
    {
        var free = Lightdxml.Run("train", "--train", _data["train.txt"], "--output", _data["free"]);
        Assert.DoesNotContain("of memory", free.Messages, StringComparison.Ordinal);
        Assert.Equal(0, Lightdxml.Run("data", "convert", _data["train.txt"], "--to", "cache", "--output", _data["train.ldxc"]).ExitCode);
        foreach (var (data, size) in new[] { ("train.txt", "256M"), ("train.txt", "0.5g"), ("train.ldxc", "256M"), ("train.ldxc", "4G") })
        {
            var (exitCode, _, messages) = Lightdxml.Run("train", "--train", _data[data], "--output", _data["bound"], "--memory", size);
            Assert.Equal(0, exitCode);
            Assert.Matches(@"The training takes about \d+ MB of memory \(network \d+ MB, .*--memory allows", messages);
            Assert.Equal(File.ReadAllBytes(Path.Combine(_data["free"], "model.safetensors")), File.ReadAllBytes(Path.Combine(_data["bound"], "model.safetensors")));
        }
    }

    [Theory]
    [InlineData("200M", 1, "needs about")]
    [InlineData("20M", 2, "--memory must be a number")]
    [InlineData("4", 2, "--memory must be a number")]
    [InlineData("4T", 2, "--memory must be a number")]
    [InlineData("-4G", 2, "--memory must be a number")]
    [InlineData("NaNG", 2, "--memory must be a number")]
    public void Train_BeyondTheLimit_IsRefused_AndNothingIsWritten(string size, int expected, string fault)
    {
        var (exitCode, _, messages) = Lightdxml.Run("train", "--train", _data["train.txt"], "--output", _data["model"], "--memory", size, "--set", "encoder.dimensions=6000");
        Assert.Contains(fault, messages, StringComparison.Ordinal);
        Assert.Equal(expected, exitCode);
        Assert.False(Path.Exists(_data["model"]));
    }
}
