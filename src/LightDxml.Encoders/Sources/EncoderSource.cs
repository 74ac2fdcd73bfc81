using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Sources;

/// <summary>All that an encoder is made of, wherever it comes from.</summary>
/// <param name="Name">What it is called in messages and cache files.</param>
/// <param name="Place">File or package of the network, for messages.</param>
/// <param name="Network">The ONNX file's bytes; null where it is opened by its path, <paramref name="Place"/>.</param>
/// <param name="MaxTokens">Tokens of a window at most, marks among them.</param>
/// <param name="Prompt">UTF-8, put before every text.</param>
/// <param name="Fingerprint">Over all of this.</param>
internal sealed record EncoderSource(
    string Name, string Place, byte[]? Network, ITextTokenizer Tokenizer, TextPooling Pooling, int MaxTokens, byte[] Prompt, string Fingerprint);
