using System.Text;
using Microsoft.ML.Tokenizers;

namespace LightDxml.Encoders.Tokens;

/// <summary>Tokens by a tokenizer of Microsoft.ML.Tokenizers: byte pairs and Unigram.</summary>
/// <param name="start">Put before every text: some vocabularies want a blank there.</param>
internal sealed class PackageTokenizer(Tokenizer tokenizer, int size, string start, IReadOnlyList<int> prefix, IReadOnlyList<int> suffix) : ITextTokenizer
{
    /// <summary>Bytes a token that are read at most: the rest of a long text is not tokenized for nothing.</summary>
    private const int LongestToken = 64;

    public int Size { get; } = size;

    public IReadOnlyList<int> Prefix { get; } = prefix;

    public IReadOnlyList<int> Suffix { get; } = suffix;

    public void Tokenize(ReadOnlySpan<byte> text, int most, List<int> ids)
    {
        var room = most - ids.Count;
        var characters = start + Encoding.UTF8.GetString(text[..Math.Min(text.Length, room * LongestToken)]);
        if (!string.IsNullOrWhiteSpace(characters) && room > 0)
            ids.AddRange(tokenizer.EncodeToIds(characters).Take(room));
    }
}
