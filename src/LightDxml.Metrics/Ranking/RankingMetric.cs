namespace LightDxml.Metrics;

/// <summary>The metrics at k of an <see cref="EvaluationReport"/>, all of which can be resampled by point.</summary>
public enum RankingMetric
{
    Precision,
    Ndcg,
    Recall,
    PropensityScoredPrecision,
    PropensityScoredNdcg,
    Abandonment,
    MacroPrecision,
    MacroRecall,
    MacroF1,
    Coverage,
}
