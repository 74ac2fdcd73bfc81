namespace LightDxml.Text;

/// <summary>A document as its source has it.</summary>
/// <param name="Id">Empty where the source has none.</param>
/// <param name="Title">Empty where the source has none.</param>
/// <param name="Labels">Label ids or names, as the source has them; empty where it has none.</param>
public sealed record TextDocument(string Id, string Title, string Text, IReadOnlyList<string> Labels);
