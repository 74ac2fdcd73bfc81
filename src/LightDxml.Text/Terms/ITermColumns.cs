namespace LightDxml.Text.Terms;

/// <summary>Gives the feature columns of a document's terms. One thread at a time.</summary>
internal interface ITermColumns
{
    /// <returns>A column for each occurrence of a term that is a feature, in no order; valid until the next call.</returns>
    ReadOnlySpan<int> Of(ReadOnlySpan<byte> title, ReadOnlySpan<byte> text);

    /// <summary>Those of the last document's columns that come from its title alone; valid until the next document.</summary>
    ReadOnlySpan<int> OfTitle { get; }
}
