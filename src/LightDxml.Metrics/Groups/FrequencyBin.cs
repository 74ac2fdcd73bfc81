namespace LightDxml.Metrics;

/// <summary>Labels of similar training frequency.</summary>
/// <param name="LabelCount">Labels in the bin.</param>
/// <param name="TrainingPairs">The bin's mass: (point, label) pairs in training.</param>
/// <param name="LeastFrequency">Training points of its rarest label.</param>
/// <param name="GreatestFrequency">Training points of its most frequent label.</param>
public sealed record FrequencyBin(int LabelCount, long TrainingPairs, int LeastFrequency, int GreatestFrequency);
