using LightDxml.Reports.Model;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Tables;

/// <summary>Tables of two methods: differences of the metrics, and the labels won and lost.</summary>
internal static class ComparisonTables
{
    public static Table Differences(ReportModel model, MethodComparison comparison)
    {
        var (first, second) = (model.Methods[comparison.First].Name, model.Methods[comparison.Second].Name);
        return new Table(
            $"paired-{comparison.First}-{comparison.Second}", $"{first} − {second}",
            $"Difference in percentage points with its {100 * model.Data.Confidence:0.#} % paired bootstrap interval, and the p-value of a randomisation test with {Figures.Count(model.Data.BootstrapReplicates)} rounds.",
            ["", "difference", "interval", "p"],
            [
                .. comparison.Differences.Select((difference, index) => new TableRow(
                    [
                        new($"{Figures.HeadingOf(difference.Metric)}@{difference.K}"),
                        new(Figures.SignedPercent(difference.Difference)),
                        new($"{Figures.SignedPercent(difference.Low)} to {Figures.SignedPercent(difference.High)}"),
                        new(Figures.PValue(difference.PValue)),
                    ],
                    StartsGroup: index > 0 && difference.Metric != comparison.Differences[index - 1].Metric)),
            ]);
    }

    public static Table Changes(ReportModel model, MethodComparison comparison, bool won)
    {
        var (first, second) = (model.Methods[comparison.First].Name, model.Methods[comparison.Second].Name);
        var (count, changes) = won ? (comparison.WonCount, comparison.Won) : (comparison.LostCount, comparison.Lost);
        return new Table(
            $"{(won ? "won" : "lost")}-{comparison.First}-{comparison.Second}",
            $"Labels that {(won ? first : second)} finds more often than {(won ? second : first)}",
            $"{Figures.Count(count)} labels; shown are the {changes.Count} that differ most in the first {model.Data.LastK}, by hits over the root of test points.",
            ["label", $"found by {first}", $"found by {second}", "in test", "in training"],
            [
                .. changes.Select(change => new TableRow(
                [
                    new(model.NameOf(change.Label), IsName: true), new(Figures.Count(change.FirstHits)), new(Figures.Count(change.SecondHits)),
                    new(Figures.Count(change.Test)), new(Figures.Count(change.Train)),
                ])),
            ]);
    }
}
