using LightDxml.Configuration;

namespace LightDxml.Metrics;

/// <summary>What to compute of a set of predictions.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Ranks k at which to measure, ascending.</summary>
    public IReadOnlyList<int> Ks { get; init; } = [1, 2, 3, 4, 5];

    /// <summary>Score from which a label counts as assigned, for micro-F1 and macro-F1; none leaves them out.</summary>
    public double? ScoreThreshold { get; init; }

    /// <summary>Threads at most; 0 is one for each processor.</summary>
    public int Threads { get; init; }

    /// <exception cref="ArgumentNullException">The ranks are null.</exception>
    /// <exception cref="OptionsException">The ranks are not positive and ascending, or another value is out of its range.</exception>
    public EvaluationOptions Validate()
    {
        ArgumentNullException.ThrowIfNull(Ks);
        if (Ks.Count == 0)
            throw new OptionsException("evaluation.ks must name at least one rank.");
        for (var i = 0; i < Ks.Count; i++)
        {
            Check.Positive(Ks[i], "evaluation.ks");
            if (i > 0 && Ks[i] <= Ks[i - 1])
                throw new OptionsException($"evaluation.ks must be ascending, but {Ks[i]} follows {Ks[i - 1]}.");
        }

        if (ScoreThreshold is { } threshold && !double.IsFinite(threshold))
            throw new OptionsException("evaluation.scoreThreshold must be a finite number.");
        Check.Range(Threads, 0, int.MaxValue, "evaluation.threads");
        return this;
    }
}
