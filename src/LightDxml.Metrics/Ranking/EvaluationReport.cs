namespace LightDxml.Metrics;

/// <summary>
/// The metrics of a set of predictions. A list has one value a rank of <see cref="Ks"/>, in 0..1; where a mean is over
/// nothing, it is 0.
/// </summary>
public sealed record EvaluationReport
{
    /// <summary>The ranks k of every list below.</summary>
    public required IReadOnlyList<int> Ks { get; init; }

    /// <summary>n, with the points without labels.</summary>
    public required int PointCount { get; init; }

    /// <summary>Points without labels: they count as misses in P, nDCG and abandonment, and not at all in the other metrics.</summary>
    public required int PointsWithoutLabels { get; init; }

    /// <summary>Labels that at least one test point has.</summary>
    public required int TestLabelCount { get; init; }

    /// <summary>Labels that were ranked for a point at most; ranks beyond it are misses.</summary>
    public required int RankedWidth { get; init; }

    /// <summary>P@k: mean over all points of hits in the first k, over k.</summary>
    public required IReadOnlyList<double> Precision { get; init; }

    /// <summary>R@k: mean over the points with labels of hits in the first k, over the point's label count.</summary>
    public required IReadOnlyList<double> Recall { get; init; }

    /// <summary>RP@k: mean over the points with labels of hits in the first k, over min(k, the point's label count).</summary>
    public required IReadOnlyList<double> RPrecision { get; init; }

    /// <summary>nDCG@k: mean over all points of Σ_{hits at rank r ≤ k} 1/log₂(r + 1), over the same of min(k, label count) hits in a row.</summary>
    public required IReadOnlyList<double> Ndcg { get; init; }

    /// <summary>PSP@k: inverse propensities of all points' hits in the first k, over those of the best attainable k; null without propensities.</summary>
    public required IReadOnlyList<double>? PropensityScoredPrecision { get; init; }

    /// <summary>PSnDCG@k: nDCG with hits weighed by inverse propensity, over that of the best attainable ranking; null without propensities.</summary>
    public required IReadOnlyList<double>? PropensityScoredNdcg { get; init; }

    /// <summary>Mean over the test labels of hits in first k places, over the label's first k places; 0 for a label that has none.</summary>
    public required IReadOnlyList<double> MacroPrecision { get; init; }

    /// <summary>Mean over the test labels of hits in first k places, over the label's test points.</summary>
    public required IReadOnlyList<double> MacroRecall { get; init; }

    /// <summary>Mean over the test labels of 2 · hits / (first k places + test points).</summary>
    public required IReadOnlyList<double> MacroF1 { get; init; }

    /// <summary>Share of the test labels that are hit at least once in the first k.</summary>
    public required IReadOnlyList<double> Coverage { get; init; }

    /// <summary>Share of all points without a hit in the first k, so that P@1 and abandonment@1 add up to 1.</summary>
    public required IReadOnlyList<double> Abandonment { get; init; }

    /// <summary>Labels assigned by score; null where no threshold was asked for.</summary>
    public required ThresholdScores? AtThreshold { get; init; }

    /// <summary>The value of one of this report's lists at rank <paramref name="k"/>.</summary>
    /// <exception cref="LightDxmlException">The report was not computed at that rank.</exception>
    public double At(IReadOnlyList<double> metric, int k)
    {
        ArgumentNullException.ThrowIfNull(metric);
        for (var slot = 0; slot < Ks.Count; slot++)
            if (Ks[slot] == k)
                return metric[slot];
        throw new LightDxmlException($"The evaluation was asked for ranks {string.Join(", ", Ks)}, not for {k}.");
    }
}
