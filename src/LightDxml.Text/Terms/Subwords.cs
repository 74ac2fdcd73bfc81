using System.Buffers;
using System.Text;

namespace LightDxml.Text.Terms;

/// <summary>
/// The runs of so many characters of a word that has a blank put at either side, as scikit-learn's <c>char_wb</c> has them; symbols such as emoji are not cut, nor words that are one character of a text without blanks. Where a run does not
/// take in the start or the end of the word, it has an ellipsis, which no word has: of "mangoes" and 4 characters <c>man…</c>, <c>…mang…</c>, …, <c>…goes…</c>, <c>…oes</c>. A word that would be its only run has none.
/// </summary>
internal sealed class Subwords(int length, bool hasSymbols, bool cutsUnsegmented)
{
    private static ReadOnlySpan<byte> Ellipsis => "…"u8;

    private byte[] _run = new byte[64];
    private int[] _starts = new int[64];

    /// <summary>The runs that the options ask for, or may ask for once the corpus is known; null where they ask for none.</summary>
    public static Subwords? Of(TextVectorizerOptions options) => options is { Unit: TermUnit.Words, Subwords: not SubwordUse.None }
        && (options.Subwords == SubwordUse.Always || options.HashBits == 0) ? new Subwords(options.SubwordLength, options.Symbols, options.Unsegmented == UnsegmentedText.Characters) : null;

    /// <summary>Whether a term is a subword.</summary>
    public static bool IsSubword(ReadOnlySpan<byte> term) => term.EndsWith(Ellipsis) || term.StartsWith(Ellipsis);

    public void Of<TSink>(ReadOnlySpan<byte> word, ref TSink sink)
        where TSink : struct, ISubwordSink
    {
        if (IsWhole(word))
            return;
        var characters = Starts(word);

        // With its two blanks a word of n characters has n + 3 − length runs.
        for (var from = -1; characters > length - 2 && from + length <= characters + 1; from++)
        {
            var (start, end) = (Math.Max(0, from), Math.Min(characters, from + length));
            var size = 0;
            if (from >= 0)
                Append(Ellipsis, ref size);
            Append(word[_starts[start].._starts[end]], ref size);
            if (from + length <= characters)
                Append(Ellipsis, ref size);
            sink.AddSubword(_run.AsSpan(0, size));
        }
    }

    private bool IsWhole(ReadOnlySpan<byte> word)
    {
        // Characters of two bytes are of neither kind but for signs that are alone.
        const byte OfThreeBytes = 0xE0;
        return word[0] >= OfThreeBytes && Rune.DecodeFromUtf8(word, out var first, out _) == OperationStatus.Done
            && (hasSymbols && Symbols.IsSymbol(first) || cutsUnsegmented && Scripts.HasNoBlanks(first));
    }

    private void Append(ReadOnlySpan<byte> bytes, ref int size)
    {
        if (size + bytes.Length > _run.Length)
            Array.Resize(ref _run, 2 * (size + bytes.Length));
        bytes.CopyTo(_run.AsSpan(size));
        size += bytes.Length;
    }

    /// <summary>Notes where each character starts, every byte but UTF-8's continuations, and where the last one ends.</summary>
    private int Starts(ReadOnlySpan<byte> word)
    {
        if (_starts.Length <= word.Length)
            _starts = new int[2 * word.Length];
        var count = 0;
        for (var i = 0; i < word.Length; i++)
        {
            if ((word[i] & 0xC0) != 0x80)
                _starts[count++] = i;
        }

        _starts[count] = word.Length;
        return count;
    }
}
