using System.Text;
using LightDxml.Text.Tokens;

namespace LightDxml.Encoders.Tokens;

/// <summary>Puts texts in lower case before another tokenizer, whatever that does with case.</summary>
internal sealed class LowerCaseTokenizer(ITextTokenizer tokenizer) : ITextTokenizer
{
    public int Size => tokenizer.Size;

    public IReadOnlyList<int> Prefix => tokenizer.Prefix;

    public IReadOnlyList<int> Suffix => tokenizer.Suffix;

    public void Tokenize(ReadOnlySpan<byte> text, int most, List<int> ids) =>
        tokenizer.Tokenize(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).ToLowerInvariant()), most, ids);
}
