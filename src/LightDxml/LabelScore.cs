namespace LightDxml;

/// <summary>A predicted label.</summary>
/// <param name="Label">The label as training documents wrote it.</param>
/// <param name="Name">Its name for people; the label itself where no names were given.</param>
/// <param name="Probability">How likely the model holds it that the label belongs to the text, 0..1.</param>
public readonly record struct LabelScore(string Label, string Name, float Probability);
