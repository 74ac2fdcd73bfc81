namespace LightDxml.Text.Tokens;

/// <summary>Cuts texts into the tokens of a network. Safe for many threads.</summary>
internal interface ITextTokenizer
{
    /// <summary>Tokens in the vocabulary; ids are below it.</summary>
    int Size { get; }

    /// <summary>The marks before a text's tokens: for BERT, [CLS].</summary>
    IReadOnlyList<int> Prefix { get; }

    /// <summary>The marks after a text's tokens: for BERT, [SEP].</summary>
    IReadOnlyList<int> Suffix { get; }

    /// <summary>Adds the text's tokens, without marks, until <paramref name="ids"/> has <paramref name="most"/>.</summary>
    /// <param name="text">UTF-8.</param>
    void Tokenize(ReadOnlySpan<byte> text, int most, List<int> ids);
}
