namespace LightDxml.Text.Terms;

/// <summary>Takes the tokens of a text, in their order.</summary>
internal interface ITokenSink
{
    void Add(ReadOnlySpan<byte> token);
}
