using LightDxml.Reports.Model;

namespace LightDxml.Reports.Tables;

/// <summary>The tables of a report in their order, for the formats that are nothing but tables.</summary>
internal static class ReportTables
{
    public static IEnumerable<Table> All(ReportModel model)
    {
        yield return HeadlineTable.Of(model);
        yield return GroupTables.Tail(model);
        yield return ScoreTables.HeadToTail(model);
        yield return ScoreTables.Assignments(model);
        yield return ScoreTables.Calibration(model);
        if (GroupTables.Depth(model) is { } depth)
            yield return depth;
        foreach (var comparison in model.Comparisons)
        {
            yield return ComparisonTables.Differences(model, comparison);
            if (comparison.Won.Count > 0)
                yield return ComparisonTables.Changes(model, comparison, won: true);
            if (comparison.Lost.Count > 0)
                yield return ComparisonTables.Changes(model, comparison, won: false);
        }
    }
}
