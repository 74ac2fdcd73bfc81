using LightDxml.Configuration;
using LightDxml.Providers;
using LightDxml.TestKit;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Tests;

public sealed class TextEncodersTests
{
    [Fact]
    public void Open_OfAFolder_WithACache_GivesTheBitsOfTheEncoderItself()
    {
        OnnxTextEncoders.Register();
        using var folder = new TinyFolder();
        using var cache = new TemporaryFolder();
        string[] texts = ["red sea", "", "green", "red sea"];
        using var plain = folder.Open();
        for (var time = 0; time < 2; time++)
        {
            using var encoder = TextEncoders.Open(folder.Options with { CacheFolder = cache["vectors"] });
            Assert.Equal(plain.Vectors(texts), encoder.Vectors(texts, threads: 2));
            Assert.Equal(plain.Vector("green"), encoder.Vector("green"));
            Assert.Equal((plain.Name, plain.Fingerprint), (encoder.Name, encoder.Fingerprint));
        }

        Assert.Single(Directory.GetFiles(cache["vectors"], $"{plain.Name}-{plain.Fingerprint[..16]}.vectors"));
    }

    [Theory]
    [InlineData("", 256, 1, "text.encoder must be minilm, arctic-xs, or a folder, but is empty")]
    [InlineData("minilm", 4, 1, "text.encoderTokens must be between 8 and 8192, but is 4")]
    [InlineData("minilm", 256, 0, "text.encoderWindows must be between 1 and 64, but is 0")]
    public void Options_OutOfRange_AreRefused(string name, int tokens, int windows, string message) => Assert.Contains(message,
        Assert.Throws<OptionsException>(() => TextEncoders.Open(new TextEncoderOptions { Name = name, MaxTokens = tokens, Windows = windows })).Message, StringComparison.Ordinal);

    [Fact]
    public void NativeLibraries_ThatAreNotHere_AreNotFound()
    {
        Assert.True(NativeLibraryFiles.AreHere("onnxruntime", typeof(OnnxProvider).Assembly));
        Assert.False(NativeLibraryFiles.AreHere("no_such_library", typeof(OnnxProvider).Assembly));
    }
}
