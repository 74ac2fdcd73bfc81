namespace LightDxml.Inference;

/// <summary>A predicted label.</summary>
/// <param name="Row">Its row in the model.</param>
/// <param name="Id">As training documents wrote it.</param>
internal sealed record ScoredLabel(int Row, string Id, string Name, float Score);
