using LightDxml.Configuration;
using LightDxml.Metrics;

namespace LightDxml.Reports;

/// <summary>What a report measures and how much it shows.</summary>
internal sealed record ReportOptions
{
    /// <summary>Ranks k at which to measure, ascending; tables by label, bin and document are at the last.</summary>
    public IReadOnlyList<int> Ks { get; init; } = [1, 3, 5];

    /// <summary>Frequency bins of about equal label mass.</summary>
    public int Bins { get; init; } = 10;

    public PropensityOptions Propensity { get; init; } = new();

    public BootstrapOptions Bootstrap { get; init; } = new();

    /// <summary>Labels in the HTML and JSON table; with more, each frequency bin gives its share; CSV has all.</summary>
    public int LabelRows { get; init; } = 5000;

    /// <summary>Documents shown, the worst of each method.</summary>
    public int DocumentRows { get; init; } = 60;

    /// <summary>Predicted labels shown of a document.</summary>
    public int DocumentLabels { get; init; } = 10;

    /// <summary>Characters kept of a document's text.</summary>
    public int TextLength { get; init; } = 20_000;

    /// <summary>Won and lost labels shown of two methods, each.</summary>
    public int ChangedLabels { get; init; } = 25;

    /// <summary>Threads at most; 0 is one for each processor.</summary>
    public int Threads { get; init; }

    /// <summary>The rank of tables by label, bin and document.</summary>
    public int LastK => Ks[^1];

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public ReportOptions Validate()
    {
        Evaluation.Validate();
        Propensity.Validate();
        Bootstrap.Validate();
        foreach (var (value, name) in new[]
                 {
                     (Bins, nameof(Bins)), (LabelRows, nameof(LabelRows)), (DocumentLabels, nameof(DocumentLabels)), (TextLength, nameof(TextLength)),
                 })
        {
            if (value <= 0)
                throw new OptionsException($"report.{name} must be positive, but is {value}.");
        }

        return DocumentRows >= 0 && ChangedLabels >= 0
            ? this
            : throw new OptionsException("report.DocumentRows and report.ChangedLabels must be at least 0.");
    }

    internal EvaluationOptions Evaluation => new() { Ks = Ks, Threads = Threads };
}
