using System.Globalization;
using LightDxml.Metrics;

namespace LightDxml.Reports.Text;

/// <summary>Numbers and metrics as people read them.</summary>
internal static class Figures
{
    /// <summary>In percent with two decimals, as the field prints them.</summary>
    public static string Percent(double share) => (100 * share).ToString("F2", CultureInfo.InvariantCulture);

    /// <summary>In percent with its sign, for differences.</summary>
    public static string SignedPercent(double share) => (100 * share).ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture);

    public static string Range(double low, double high) => $"{Percent(low)} to {Percent(high)}";

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string PValue(double p) => p < 0.001 ? "<\u00A00.001" : p.ToString("F3", CultureInfo.InvariantCulture);

    public static string Plain(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>What a metric is called in data.</summary>
    public static string NameOf(RankingMetric metric) => metric switch
    {
        RankingMetric.Precision => "P",
        RankingMetric.Ndcg => "nDCG",
        RankingMetric.Recall => "R",
        RankingMetric.PropensityScoredPrecision => "PSP",
        RankingMetric.PropensityScoredNdcg => "PSnDCG",
        RankingMetric.Abandonment => "abandonment",
        RankingMetric.MacroPrecision => "macro-P",
        RankingMetric.MacroRecall => "macro-R",
        RankingMetric.MacroF1 => "macro-F1",
        RankingMetric.Coverage => "coverage",
        _ => throw new ArgumentOutOfRangeException(nameof(metric)),
    };

    /// <summary>What a metric is called at the beginning of a line.</summary>
    public static string HeadingOf(RankingMetric metric) =>
        metric == RankingMetric.Ndcg ? NameOf(metric) : $"{char.ToUpperInvariant(NameOf(metric)[0])}{NameOf(metric)[1..]}";

    /// <summary>How a frequency bin is called: by the training points of its labels.</summary>
    public static string NameOf(FrequencyBin bin) =>
        bin.GreatestFrequency == 0 ? "never seen"
        : bin.LeastFrequency == bin.GreatestFrequency ? Count(bin.LeastFrequency)
        : $"{Count(bin.LeastFrequency)}–{Count(bin.GreatestFrequency)}";

    /// <summary>How frequency bins are called where each needs a name of its own: labels of one frequency may fill several.</summary>
    public static string[] NamesOf(IReadOnlyList<FrequencyBin> bins)
    {
        string[] names = [.. bins.Select(NameOf)];
        var counts = names.CountBy(name => name).ToDictionary();
        return [.. names.Select((name, bin) => counts[name] == 1 ? name : $"{name} ({names.Take(bin + 1).Count(other => other == name)} of {counts[name]})")];
    }
}
