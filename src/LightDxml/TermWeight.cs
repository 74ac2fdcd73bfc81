namespace LightDxml;

/// <summary>How much a term of a document speaks for a label.</summary>
/// <param name="Weight">What the label's score loses without the term.</param>
public sealed record TermWeight(string Term, float Weight);
