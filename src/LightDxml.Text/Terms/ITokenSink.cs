namespace LightDxml.Text.Terms;

/// <summary>Takes the tokens of a text, in their order.</summary>
internal interface ITokenSink
{
    void Add(ReadOnlySpan<byte> token);
}

/// <summary>Takes the tokens of a text, and behind each the runs of characters within it.</summary>
internal interface ITermSink : ITokenSink, ISubwordSink;

/// <summary>Takes runs of characters within words.</summary>
internal interface ISubwordSink
{
    void AddSubword(ReadOnlySpan<byte> run);
}
