namespace LightDxml.Text.Tokens;

/// <summary>The tokens of documents in their order, as numbers: what networks over sequences read.</summary>
/// <param name="Offsets">[documents + 1], the first token of each document.</param>
/// <param name="Tokens">Numbers below <paramref name="TokenCount"/>; <see cref="Unknown"/> for a word that the vocabulary lacks.</param>
/// <param name="TokenCount">Different tokens, padding and the unknown word among them.</param>
internal sealed record TokenSequences(long[] Offsets, int[] Tokens, int TokenCount)
{
    /// <summary>Fills up shorter documents of a batch; no document has it.</summary>
    public const int Padding = 0;

    /// <summary>Every word that the vocabulary lacks.</summary>
    public const int Unknown = 1;

    /// <summary>The number of the vocabulary's first word.</summary>
    public const int FirstWord = 2;

    public int DocumentCount => Offsets.Length - 1;

    public ReadOnlySpan<int> this[int document] => Tokens.AsSpan((int)Offsets[document], (int)(Offsets[document + 1] - Offsets[document]));

    /// <summary>Some of the documents, in the order that is asked for.</summary>
    public TokenSequences Select(ReadOnlySpan<int> documents)
    {
        var offsets = new long[documents.Length + 1];
        for (var i = 0; i < documents.Length; i++)
            offsets[i + 1] = offsets[i] + this[documents[i]].Length;
        var tokens = new int[offsets[^1]];
        for (var i = 0; i < documents.Length; i++)
            this[documents[i]].CopyTo(tokens.AsSpan((int)offsets[i]));
        return new TokenSequences(offsets, tokens, TokenCount);
    }
}
