using LightDxml.Text.Vectors;
using LightDxml.TextEncoding;

namespace LightDxml.Providers;

/// <summary>A provider of text encoders.</summary>
internal interface ITextEncoderProvider : IProvider
{
    /// <summary>Opens the encoder that <see cref="TextEncoderOptions.Name"/> says, without a cache.</summary>
    /// <exception cref="LightDxmlException">A file is missing, foreign or bad, or the build lacks the encoder.</exception>
    ITextEncoder OpenTextEncoder(TextEncoderOptions options);
}
