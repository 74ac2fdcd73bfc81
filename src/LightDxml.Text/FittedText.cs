using LightDxml.Data;

namespace LightDxml.Text;

/// <summary>A training set made of raw text, and what is needed to read other text in the same way.</summary>
internal sealed record FittedText(Dataset Dataset, TextVectorizer Vectorizer, LabelSpace Labels, SkippedRows Skipped);
