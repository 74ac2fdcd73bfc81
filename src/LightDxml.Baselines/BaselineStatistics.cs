namespace LightDxml.Baselines;

/// <summary>What is worth knowing of a training run; stored with the model.</summary>
internal sealed record BaselineStatistics(int PointCount, int FeatureCount, int LabelCount, int Seed);
