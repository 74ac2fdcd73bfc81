namespace LightDxml.Metrics;

/// <summary>The metrics that are means, or ratios of sums, over points, and so can be resampled by point.</summary>
public enum RankingMetric
{
    Precision,
    Ndcg,
    Recall,
    PropensityScoredPrecision,
    PropensityScoredNdcg,
    Abandonment,
}
