namespace LightDxml.Text;

/// <summary>What a labels file tells of a label.</summary>
/// <param name="Id">As documents write it.</param>
/// <param name="AlternativeNames">Other names for the same thing.</param>
/// <param name="Parents">Ids of the labels right above it; empty for a top label.</param>
public sealed record LabelEntry(string Id, string Name, IReadOnlyList<string> AlternativeNames, IReadOnlyList<string> Parents)
{
    private static readonly Dictionary<string, string> NoNames = [];

    /// <summary>Names by language, a tag in lower case; empty where the file has names in one alone, or does not say.</summary>
    internal IReadOnlyDictionary<string, string> NamesIn { get; init; } = NoNames;

    /// <summary>Whether the vocabulary no longer wants it to be given; documents of old may have it.</summary>
    internal bool IsDeprecated { get; init; }
}
