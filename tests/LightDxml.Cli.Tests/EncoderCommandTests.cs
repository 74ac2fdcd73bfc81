using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary><c>encoder train</c> up to where libtorch begins; its own tests train encoders.</summary>
public sealed class EncoderCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("epochs=0", "epochs must be")]
    [InlineData("temperature=0", "temperature must be")]
    [InlineData("epoch=2", "encoder has no setting 'epoch'; did you mean epochs")]
    [InlineData("rate=fast", "rate must be")]
    public void Train_SettingThatIsNone_IsRefused(string setting, string words)
    {
        File.WriteAllText(_folder["train.csv"], "text,labels\nred,a\nblue,b\n");
        var (exitCode, _, messages) = Lightdxml.Run("encoder", "train", "--encoder", "minilm", "--train", _folder["train.csv"], "--output", _folder["encoder"], "--set", setting);
        Assert.Equal(1, exitCode);
        Assert.Contains(words, messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_Features_AreRefused()
    {
        File.WriteAllText(_folder["train.txt"], "2 3 2\n0 0:1 2:0.5\n1 1:1\n");
        var (exitCode, _, messages) = Lightdxml.Run("encoder", "train", "--encoder", "minilm", "--train", _folder["train.txt"], "--output", _folder["encoder"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("holds features; an encoder reads raw text", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_WithoutLibTorch_SaysHowToGetIt_AndWritesNothing()
    {
        File.WriteAllText(_folder["train.csv"], "text,labels\nred,a\nblue,b\n");
        var (exitCode, _, messages) = Lightdxml.Run("encoder", "train", "--encoder", "minilm", "--train", _folder["train.csv"], "--output", _folder["encoder"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("encoder train: libtorch is not in this build", messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["encoder"]));
    }

    [Fact]
    public void HelpSettings_ListsThem()
    {
        var (exitCode, help, _) = Lightdxml.Run("encoder", "train", "--help-settings");
        Assert.Equal(0, exitCode);
        Assert.All(new[] { "temperature", "layerDecay", "maxTokens", "newRate" }, setting => Assert.Contains(setting, help, StringComparison.Ordinal));
        Assert.DoesNotContain("dimensions", help, StringComparison.Ordinal);
    }
}
