namespace LightDxml.Reports.Labels;

/// <summary>What a report says of a label.</summary>
/// <param name="Id">Its identifier where that is not its name.</param>
/// <param name="Depth">Steps to the nearest root of the hierarchy, 0 for a root itself; null without a hierarchy.</param>
/// <param name="Parents">Names of the labels right above it.</param>
internal sealed record NamedLabel(string? Id, string Name, int? Depth, IReadOnlyList<string> Parents);
