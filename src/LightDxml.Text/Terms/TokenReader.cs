namespace LightDxml.Text.Terms;

/// <summary>Gives the tokens of a document, title before text: words, or runs of characters. One thread at a time.</summary>
internal sealed class TokenReader(TextVectorizerOptions options)
{
    private readonly Tokenizer _tokenizer = new(options);
    private readonly CharacterRuns? _runs = options.Unit == TermUnit.Characters ? new CharacterRuns(options.MinNgram, options.MaxNgram) : null;

    private readonly Subwords? _subwords = Subwords.Of(options);

    /// <summary>Words of a term at most.</summary>
    public int LongestNgram { get; } = options.Unit == TermUnit.Characters ? 1 : options.MaxNgram;

    public void Read<TSink>(ReadOnlySpan<byte> title, ReadOnlySpan<byte> text, ref TSink sink)
        where TSink : struct, ITokenSink
    {
        if (_runs is null)
        {
            _tokenizer.Tokenize(title, ref sink);
            _tokenizer.Tokenize(text, ref sink);
            return;
        }

        var cut = new RunSink<TSink>(_runs, sink);
        _tokenizer.Tokenize(title, ref cut);
        _tokenizer.Tokenize(text, ref cut);
    }

    /// <summary>The same, and the subwords where they are terms.</summary>
    public void ReadTerms<TSink>(ReadOnlySpan<byte> title, ReadOnlySpan<byte> text, ref TSink sink)
        where TSink : struct, ITermSink
    {
        if (_subwords is null)
        {
            Read(title, text, ref sink);
            return;
        }

        var both = new SubwordSink<TSink>(_subwords, sink);
        _tokenizer.Tokenize(title, ref both);
        _tokenizer.Tokenize(text, ref both);
    }

    // Sinks hold references only: a copy adds to the same lists.
    private struct RunSink<TSink>(CharacterRuns runs, TSink inner) : ITokenSink
        where TSink : struct, ITokenSink
    {
        public void Add(ReadOnlySpan<byte> token) => runs.Of(token, ref inner);
    }

    private struct SubwordSink<TSink>(Subwords subwords, TSink inner) : ITokenSink
        where TSink : struct, ITermSink
    {
        public void Add(ReadOnlySpan<byte> token)
        {
            inner.Add(token);
            subwords.Of(token, ref inner);
        }
    }
}
