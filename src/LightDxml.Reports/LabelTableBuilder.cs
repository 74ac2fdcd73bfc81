using LightDxml.Reports.Model;

namespace LightDxml.Reports;

/// <summary>Chooses the labels that the HTML and the JSON show.</summary>
internal static class LabelTableBuilder
{
    public static LabelTable Build(AllLabels all, ReportOptions options)
    {
        var concerned = Enumerable.Range(0, all.Train.Count).Where(label => all.Scores.Any(scores => scores.TestPoints(label) + scores.Predicted(label) > 0)).ToList();
        var shown = concerned.Count <= options.LabelRows ? concerned : ShareOfEachBin(all, concerned, options.LabelRows);
        return new LabelTable(options.LastK, concerned.Count, [.. shown
            .OrderBy(all.Bins.BinOf).ThenByDescending(label => all.Train[label]).ThenByDescending(label => all.Scores[0].TestPoints(label)).ThenBy(label => label)
            .Select(label => Row(all, label))]);
    }

    // A tail label is as worth seeing as a head label: each bin gives equally many, and leaves what it cannot fill to the others.
    private static IEnumerable<int> ShareOfEachBin(AllLabels all, List<int> labels, int limit)
    {
        var ranks = labels.GroupBy(all.Bins.BinOf).SelectMany(bin => bin
            .OrderByDescending(label => all.Scores[0].TestPoints(label)).ThenByDescending(label => all.Train[label]).ThenBy(label => label)
            .Select((label, rank) => (Label: label, Rank: rank, Bin: bin.Key)));
        return ranks.OrderBy(entry => entry.Rank).ThenBy(entry => entry.Bin).Take(limit).Select(entry => entry.Label);
    }

    private static LabelRow Row(AllLabels all, int label) => new(
        label, all.Bins.BinOf(label), all.Catalog?[label].Depth, all.Train[label], all.Scores[0].TestPoints(label),
        [.. all.Scores.Select((scores, method) => new LabelCell(scores.Predicted(label), scores.Hits(label), all.Confusions[method].Of(label)))]);
}
