using System.Globalization;
using System.Text.Json;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>A table of docs/results.md that has figures for machines beside it says what they say.</summary>
public sealed class ResultsPageTests
{
    private const string Figures = """{"date":"2026-11-29","rows":[{"name":"bonsai","report":{"precision":[0.6394,0.5]}},{"name":"slow","failure":"no memory"}]}""";

    [Fact]
    public void EveryTable_SaysWhatItsFiguresSay()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "results.md"));
        var folder = Path.Combine(Repository.Root, "docs", "results");
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [])
            Assert.Empty(Faults(page, Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)));
    }

    [Theory]
    [InlineData("lightdxml 0.2.0, 2026-11-29.\n| bonsai | 63.94 | 50.00 |")]
    [InlineData("lightdxml 0.2.0, 2026-11-29.\n| bonsai | **63.94** | 50.00 |")]
    public void TableOfTheFigures_HasNoFault(string table) => Assert.Empty(Faults($"<!-- compare: tiny -->\n{table}\n<!-- end: tiny -->", "tiny", Figures));

    [Theory]
    [InlineData("2026-11-29\n| bonsai (2 seeds) | 64.00 ± 0.10 |", true)]
    [InlineData("2026-11-29\n| bonsai (2 seeds) | 63.94 ± 0.10 |", false)]
    [InlineData("2026-11-29\n| bonsai | 64.00 |", false)]
    public void TableOfSeeds_HasTheirMean(string table, bool holds)
    {
        const string figures = """{"date":"2026-11-29","rows":[{"name":"bonsai+seed=1","report":{"precision":[0.63]}},{"name":"bonsai+seed=2","report":{"precision":[0.65]}}]}""";
        Assert.Equal(holds ? [] : ["bonsai"], Faults($"<!-- compare: tiny -->\n{table}\n<!-- end: tiny -->", "tiny", figures));
    }

    [Theory]
    [InlineData("2026-11-28\n| bonsai | 63.94 |", "2026-11-29")]
    [InlineData("2026-11-29\n| bonsai | 63.95 |", "bonsai")]
    [InlineData("2026-11-29\n| parabel | 63.94 |", "bonsai")]
    public void OtherTable_HasAFault(string table, string fault) => Assert.Equal([fault], Faults($"<!-- compare: tiny -->\n{table}\n<!-- end: tiny -->", "tiny", Figures));

    /// <summary>What of the figures the page's table of that name does not say: the date, and methods by their P@1.</summary>
    private static List<string> Faults(string page, string name, string json)
    {
        var table = page.Split($"<!-- compare: {name} -->")[1].Split($"<!-- end: {name} -->")[0];
        using var figures = JsonDocument.Parse(json);
        var date = figures.RootElement.GetProperty("date").GetString()!;
        var rows = figures.RootElement.GetProperty("rows").EnumerateArray()
            .Where(row => row.TryGetProperty("report", out _))
            .Select(row => (Name: row.GetProperty("name").GetString()!, First: 100 * row.GetProperty("report").GetProperty("precision")[0].GetDouble()))
            .GroupBy(row => row.Name.Split("+seed=")[0], row => row.First);
        var plain = table.Replace("**", "", StringComparison.Ordinal);
        return
        [
            .. table.Contains(date, StringComparison.Ordinal) ? Array.Empty<string>() : [date],
            .. rows.Where(row => !plain.Contains(Begin(row.Key, [.. row]), StringComparison.Ordinal)).Select(row => row.Key),
        ];

        // The seeds of a method have one row, with their mean.
        static string Begin(string name, double[] first)
        {
            var mean = first.Average().ToString("F2", CultureInfo.InvariantCulture);
            return first.Length == 1 ? $"| {name} | {mean} |" : $"| {name} ({first.Length} seeds) | {mean} ± ";
        }
    }
}
