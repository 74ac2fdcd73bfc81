using LightDxml.Text.Vectors;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Tests;

/// <summary>The encoders that are packages.</summary>
internal static class BuiltIn
{
    public static ITextEncoder Get(string name, Func<TextEncoderOptions, TextEncoderOptions>? change = null) =>
        new OnnxProvider().OpenTextEncoder((change ?? (options => options))(new TextEncoderOptions { Name = name }).Validate());
}
