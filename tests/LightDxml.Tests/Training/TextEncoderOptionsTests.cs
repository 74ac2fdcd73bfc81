using LightDxml.Text;
using LightDxml.TextEncoding;

namespace LightDxml.Tests.Training;

public sealed class TextEncoderOptionsTests
{
    [Fact]
    public void Of_TakesEverySettingOfTheEncoder() => Assert.Equal(
        new TextEncoderOptions { Name = "folder", MaxTokens = 17, Windows = 3, Prompt = "query", EightBit = false },
        TextEncoderOptions.Of(new TextVectorizerOptions { Encoder = "folder", EncoderTokens = 17, EncoderWindows = 3, EncoderPrompt = "query", EncoderEightBit = false }));

    [Fact]
    public void Of_EightBits_AreTaken() => Assert.True(TextEncoderOptions.Of(new TextVectorizerOptions { Encoder = "folder", EncoderEightBit = true })!.EightBit);

    [Fact]
    public void Of_NoEncoder_IsNone() => Assert.Null(TextEncoderOptions.Of(new TextVectorizerOptions { EncoderPrompt = "query" }));
}
