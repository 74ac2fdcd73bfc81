using LightDxml.Configuration;
using LightDxml.Text;

namespace LightDxml.TextEncoding;

/// <summary>Which encoder to open, and how it reads texts.</summary>
internal sealed record TextEncoderOptions
{
    /// <summary>The encoders that are known by name; any other name is a folder.</summary>
    public static readonly string[] KnownNames = ["minilm", "arctic-xs"];

    /// <summary><c>minilm</c>, <c>arctic-xs</c>, or a folder in the layout of sentence-transformers with an ONNX file.</summary>
    public string Name { get; init; } = "";

    /// <summary>Tokens of a window, with the marks at its ends; the encoder's own limit where that is lower.</summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>Windows of a text that are read: 1 takes its start; of several the vectors are averaged, weighted by their tokens.</summary>
    public int Windows { get; init; } = 1;

    /// <summary>The name of a prompt that the folder has, such as <c>query</c>, put before every text. Empty: the folder's default, if it has one.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>Takes 8-bit weights: the folder's file of them, where it has one, else made of its floats.</summary>
    public bool EightBit { get; init; }

    /// <summary>A folder for the vectors of texts seen before. Empty: none are kept.</summary>
    public string CacheFolder { get; init; } = "";

    /// <summary>What the settings <c>text.*</c> ask for; null where they name no encoder.</summary>
    public static TextEncoderOptions? Of(TextVectorizerOptions text) => !text.HasEncoder ? null : new TextEncoderOptions
    {
        Name = text.Encoder,
        MaxTokens = text.EncoderTokens,
        Windows = text.EncoderWindows,
        Prompt = text.EncoderPrompt,
        EightBit = text.EncoderEightBit,
    };

    public TextEncoderOptions Validate()
    {
        if (string.IsNullOrWhiteSpace(Name))
            throw new OptionsException($"text.encoder must be {string.Join(", ", KnownNames)}, or a folder, but is empty.");
        Check.Range(MaxTokens, 8, 8192, "text.encoderTokens");
        Check.Range(Windows, 1, 64, "text.encoderWindows");
        return this;
    }
}
