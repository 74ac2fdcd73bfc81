using System.Text;
using LightDxml.Text.Tokens;
using Microsoft.ML.Tokenizers;

namespace LightDxml.Encoders.Tokens;

/// <summary>Tokens by a tokenizer of Microsoft.ML.Tokenizers: byte pairs and Unigram.</summary>
/// <param name="prepare">What is done to a text first.</param>
internal sealed class PackageTokenizer(Tokenizer tokenizer, int size, Func<string, string> prepare, IReadOnlyList<int> prefix, IReadOnlyList<int> suffix) : ITextTokenizer
{
    /// <summary>Bytes a token that are read at most: the rest of a long text is not tokenized for nothing.</summary>
    private const int LongestToken = 64;

    public int Size { get; } = size;

    public IReadOnlyList<int> Prefix { get; } = prefix;

    public IReadOnlyList<int> Suffix { get; } = suffix;

    public void Tokenize(ReadOnlySpan<byte> text, int most, List<int> ids)
    {
        var room = most - ids.Count;
        var characters = prepare(Encoding.UTF8.GetString(text[..Math.Min(text.Length, room * LongestToken)]));
        if (!string.IsNullOrWhiteSpace(characters))
            ids.AddRange(tokenizer.EncodeToIds(characters).Take(room));
    }
}
