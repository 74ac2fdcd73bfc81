namespace LightDxml.Text.Terms;

/// <summary>Counts the documents of every hashed column, as one thread meets them.</summary>
internal sealed class HashedCounter(TextVectorizerOptions options)
{
    private readonly HashedColumns _columns = new(options);
    private readonly int[] _stamps = new int[1 << options.HashBits];

    public int[] Documents { get; } = new int[1 << options.HashBits];

    public int DocumentCount { get; private set; }

    public void CountDocument(ReadOnlySpan<byte> title, ReadOnlySpan<byte> text)
    {
        var stamp = ++DocumentCount;
        foreach (var column in _columns.Of(title, text))
        {
            if (_stamps[column] == stamp)
                continue;
            _stamps[column] = stamp;
            Documents[column]++;
        }
    }
}
