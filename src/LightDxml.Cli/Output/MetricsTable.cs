using System.Globalization;
using LightDxml.Metrics;
using LightDxml.Text;

namespace LightDxml.Cli.Output;

/// <summary>Evaluation reports as tables, in percent.</summary>
internal static class MetricsTable
{
    private static readonly string[] Compared = ["P", "nDCG", "PSP"];

    /// <summary>One report: a metric a row, a rank a column.</summary>
    public static TextTable Of(EvaluationReport report)
    {
        var table = new TextTable(["", .. report.Ks.Select(k => $"@{k}")]);
        Add("P", report.Precision);
        Add("nDCG", report.Ndcg);
        Add("R", report.Recall);
        Add("RP", report.RPrecision);
        Add("PSP", report.PropensityScoredPrecision);
        Add("PSnDCG", report.PropensityScoredNdcg);
        return table;

        void Add(string name, IReadOnlyList<double>? values)
        {
            if (values is not null)
                table.Add([name, .. values.Select(Percent)]);
        }
    }

    /// <summary>Several reports of the same ranks: a report a row; P, nDCG and PSP at each rank.</summary>
    public static TextTable Compare(params (string Name, EvaluationReport Report)[] reports)
    {
        var ks = reports[0].Report.Ks;
        var table = new TextTable(["", .. Compared.SelectMany(metric => ks.Select(k => $"{metric}@{k}"))]);
        foreach (var (name, report) in reports)
            table.Add([name, .. report.Precision.Concat(report.Ndcg).Concat(report.PropensityScoredPrecision ?? []).Select(Percent)]);
        return table;
    }

    /// <summary>A depth of the hierarchy a row: precision and recall among its labels at each rank.</summary>
    public static TextTable ByDepth(DepthReport report)
    {
        var table = new TextTable(["depth", "labels", "pairs", .. report.Ks.Select(k => $"P@{k}"), .. report.Ks.Select(k => $"R@{k}")]);
        foreach (var bin in report.Bins)
            table.Add([bin.Depth is { } depth ? $"{depth}" : "not in the hierarchy", $"{bin.TestLabels:N0}", $"{bin.TestPairs:N0}", .. bin.Precision.Concat(bin.Recall).Select(Percent)]);
        return table;
    }

    /// <summary>A group of labels a row, by their training documents.</summary>
    public static TextTable ByFrequency(IReadOnlyList<FrequencyGroup> groups, int k)
    {
        var table = new TextTable(["training documents", "labels", "documents", $"RP@{k}", $"nDCG@{k}", $"RP@{k} among labels of the test set"]);
        foreach (var group in groups)
        {
            var range = group.Most == 0 ? "none" : group.Most == int.MaxValue ? $"{group.Least} or more" : $"{group.Least} to {group.Most}";
            table.Add([range, $"{group.Labels:N0}", $"{group.Documents:N0}", Percent(group.RPrecision), Percent(group.Ndcg), Percent(group.OccurringRPrecision)]);
        }

        return table;
    }

    private static string Percent(double share) => (100 * share).ToString("F2", CultureInfo.InvariantCulture);
}
