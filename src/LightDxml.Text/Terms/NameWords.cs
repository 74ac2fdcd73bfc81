namespace LightDxml.Text.Terms;

/// <summary>The words of names, cut as the words of documents are. One thread at a time.</summary>
internal sealed class NameWords(TextVectorizerOptions options)
{
    private readonly TokenReader _reader = new(options with { Unit = TermUnit.Words });
    private readonly List<byte[]> _words = [];

    /// <summary>The words of a name, valid until the next call.</summary>
    public IReadOnlyList<byte[]> Of(string name)
    {
        _words.Clear();
        var sink = new Sink(_words);
        _reader.Read(default, System.Text.Encoding.UTF8.GetBytes(name), ref sink);
        return _words;
    }

    private readonly struct Sink(List<byte[]> words) : ITokenSink
    {
        public void Add(ReadOnlySpan<byte> token) => words.Add(token.ToArray());
    }
}
