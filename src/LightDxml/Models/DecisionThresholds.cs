namespace LightDxml.Models;

/// <summary>Probabilities from which a label is given, fitted on held-out documents and stored with the model.</summary>
/// <param name="Overall">One for all labels, the best for micro-F1.</param>
/// <param name="PerLabel">[labels] one for each label, the best for its F1; of labels with few held-out documents mostly that of labels as frequent.</param>
/// <param name="ByPrecision">[<see cref="PrecisionSteps"/>] the lowest that gives a precision of 1 %, 2 %, …, 100 %; +∞ where none does.</param>
internal sealed record DecisionThresholds(float Overall, float[] PerLabel, float[] ByPrecision)
{
    /// <summary>Precisions that there is a threshold for.</summary>
    public const int PrecisionSteps = 100;

    /// <summary>The lowest threshold that gives a precision, or null where none does.</summary>
    /// <param name="precision">Above 0, at most 1.</param>
    public float? ForPrecision(double precision)
    {
        var step = Math.Clamp((int)Math.Ceiling(precision * PrecisionSteps - 1e-9) - 1, 0, PrecisionSteps - 1);
        return float.IsFinite(ByPrecision[step]) ? ByPrecision[step] : null;
    }

    /// <summary>The highest precision that there is a threshold for; 0 where there is none.</summary>
    public double BestPrecision => (Array.FindLastIndex(ByPrecision, float.IsFinite) + 1.0) / PrecisionSteps;

    /// <summary>The means over the members of an ensemble, whose probabilities are means, too.</summary>
    public static DecisionThresholds Mean(IReadOnlyList<DecisionThresholds> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members is [var only])
            return only;
        return new DecisionThresholds(
            members.Average(member => member.Overall),
            MeanOf(member => member.PerLabel),
            MeanOf(member => member.ByPrecision));

        float[] MeanOf(Func<DecisionThresholds, float[]> part) =>
            [.. Enumerable.Range(0, part(members[0]).Length).Select(i => members.Average(member => part(member)[i]))];
    }
}
