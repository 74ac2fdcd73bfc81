namespace LightDxml.Inference;

/// <summary>A predicted label.</summary>
/// <param name="Row">Its row in the model.</param>
/// <param name="Id">As training documents wrote it.</param>
internal sealed record ScoredLabel(int Row, string Id, string Name, float Score);

/// <summary>A document with its predicted labels, best first.</summary>
/// <param name="IsKnown">Whether the model knows a word of it; of other documents it predicts the labels that are most frequent.</param>
internal sealed record PredictedText(Text.TextDocument Document, IReadOnlyList<ScoredLabel> Labels, bool IsKnown);
