namespace LightDxml;

/// <summary>How much a term of a document speaks for a label.</summary>
/// <param name="Weight">What the label's log odds, ln(p / (1 − p)) of its probability before calibration, lose without the term.</param>
public sealed record TermWeight(string Term, float Weight);
