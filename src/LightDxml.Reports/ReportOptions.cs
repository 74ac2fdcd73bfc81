using LightDxml.Configuration;
using LightDxml.Metrics;

namespace LightDxml.Reports;

/// <summary>What a report measures and how much it shows.</summary>
internal sealed record ReportOptions
{
    [Meaning("ranks k at which to measure, ascending; tables by label, bin and document are at the last")]
    public IReadOnlyList<int> Ks { get; init; } = [1, 3, 5];

    [Meaning("frequency bins of about equal label mass")]
    public int Bins { get; init; } = 10;

    public PropensityOptions Propensity { get; init; } = new();

    public BootstrapOptions Bootstrap { get; init; } = new();

    [Meaning("labels in the HTML and JSON table; with more, each frequency bin gives its share; CSV has all")]
    public int LabelRows { get; init; } = 5000;

    [Meaning("documents shown, the worst of each method")]
    public int DocumentRows { get; init; } = 60;

    [Meaning("predicted labels shown of a document")]
    public int DocumentLabels { get; init; } = 10;

    [Meaning("characters shown of a document's text")]
    public int TextLength { get; init; } = 1200;

    [Meaning("won and lost labels shown of two methods, each")]
    public int ChangedLabels { get; init; } = 25;

    [Meaning("threads at most; 0 is one for each processor")]
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
