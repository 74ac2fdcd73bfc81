namespace LightDxml.Metrics;

/// <summary>The metrics at k of an <see cref="EvaluationReport"/>, all of which can be resampled by point.</summary>
public enum RankingMetric
{
    /// <summary>P@k: <see cref="EvaluationReport.Precision"/>.</summary>
    Precision,

    /// <summary>nDCG@k: <see cref="EvaluationReport.Ndcg"/>.</summary>
    Ndcg,

    /// <summary>R@k: <see cref="EvaluationReport.Recall"/>.</summary>
    Recall,

    /// <summary>PSP@k (Jain et al. 2016): <see cref="EvaluationReport.PropensityScoredPrecision"/>.</summary>
    PropensityScoredPrecision,

    /// <summary>PSnDCG@k (Jain et al. 2016): <see cref="EvaluationReport.PropensityScoredNdcg"/>.</summary>
    PropensityScoredNdcg,

    /// <summary>Share of the points without a hit in the first k: <see cref="EvaluationReport.Abandonment"/>.</summary>
    Abandonment,

    /// <summary>Mean precision per test label: <see cref="EvaluationReport.MacroPrecision"/>.</summary>
    MacroPrecision,

    /// <summary>Mean recall per test label: <see cref="EvaluationReport.MacroRecall"/>.</summary>
    MacroRecall,

    /// <summary>Mean F1 per test label: <see cref="EvaluationReport.MacroF1"/>.</summary>
    MacroF1,

    /// <summary>Share of the test labels that are hit at least once: <see cref="EvaluationReport.Coverage"/>.</summary>
    Coverage,
}
