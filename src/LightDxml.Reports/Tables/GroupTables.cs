using LightDxml.Metrics;
using LightDxml.Reports.Model;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Tables;

/// <summary>Tables of labels in groups: by training frequency, and by depth in the hierarchy.</summary>
internal static class GroupTables
{
    public static Table Tail(ReportModel model) => Of(
        "tail", "From head to tail",
        $"Labels sorted by training frequency and cut into bins of about equal label mass. 'Found' is the share of the bin's test pairs in the first {model.Data.LastK}; then the bin's part of P, R and PSP@{model.Data.LastK}, which add up to the metric. In percent.",
        "training documents", Figures.NamesOf(model.Bins), model, method => method.Tail);

    public static Table? Depth(ReportModel model) => model.Methods[0].Depths is not { } depths ? null : Of(
        "depth", "By depth in the hierarchy",
        $"Depth 0 are roots. 'Found' is the share of the depth's test pairs in the first {model.Data.LastK}; then its part of P, R and PSP@{model.Data.LastK}. In percent.",
        "labels", [.. depths.Groups.Select(group => group.Name)], model, method => method.Depths!);

    /// <summary>The share that is found of a group's test pairs; null where there are none.</summary>
    public static double? Found(GroupScores scores, int slot) => scores.TestPairs > 0 ? scores.Found[slot] : null;

    /// <summary>The mean F1 of a group's test labels; null where there are none.</summary>
    public static double? MacroF1(GroupScores scores, int slot) => scores.TestLabelCount > 0 ? scores.MacroF1[slot] : null;

    private static Table Of(string id, string title, string caption, string what, string[] names, ReportModel model, Func<MethodReport, GroupReport> groups)
    {
        var slot = model.Data.Ks.Count - 1;
        string[] measures = ["Found", "Macro-F1", "P", "R", "PSP"];
        var rows = new List<TableRow>();
        for (var group = 0; group < names.Length; group++)
        {
            var first = groups(model.Methods[0]).Groups[group];
            if (first.LabelCount == 0)
                continue;
            foreach (var (method, index) in model.Methods.Select((method, index) => (method, index)))
            {
                var scores = groups(method).Groups[group];
                var isFirst = index == 0;
                TableCell[] cells =
                [
                    new(isFirst ? names[group] : ""), new(method.Name, IsName: true),
                    new(isFirst ? Figures.Count(scores.LabelCount) : ""), new(isFirst ? Figures.Count(scores.TestLabelCount) : ""), new(isFirst ? Figures.Count(scores.TestPairs) : ""),
                    .. new[] { Found(scores, slot), MacroF1(scores, slot), scores.Precision[slot], scores.Recall[slot], scores.PropensityScoredPrecision![slot] }
                        .Select(value => new TableCell(value is { } share ? Figures.Percent(share) : "–")),
                ];
                rows.Add(new TableRow(cells, StartsGroup: isFirst && group > 0));
            }
        }

        return new Table(id, title, caption, [what, "method", "labels", "in test", "test pairs", .. measures], rows, TextColumns: 2);
    }
}
