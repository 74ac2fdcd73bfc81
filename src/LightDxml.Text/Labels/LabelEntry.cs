namespace LightDxml.Text;

/// <summary>What a labels file tells of a label.</summary>
/// <param name="Id">As documents write it.</param>
/// <param name="AlternativeNames">Other names for the same thing.</param>
/// <param name="Parents">Ids of the labels right above it; empty for a top label.</param>
public sealed record LabelEntry(string Id, string Name, IReadOnlyList<string> AlternativeNames, IReadOnlyList<string> Parents);
