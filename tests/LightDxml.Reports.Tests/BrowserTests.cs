using System.Globalization;
using LightDxml.Reports.Model;
using LightDxml.TestKit;
using Microsoft.Playwright;

namespace LightDxml.Reports.Tests;

/// <summary>The report in a real browser: clicked through, without a complaint on the console.</summary>
public sealed class BrowserTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly ReportModel Large = ReportBuilder.Build(SampleReport.Make(3), SampleReport.Options);

    [SkippableFact]
    public async Task Labels_SortBySearchAndFilter()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var report = await browser.OpenAsync(SampleReport.Model);
        var page = report.Page;
        Assert.Equal("Labels 1 to 40 of 40", await page.TextContentAsync("#label-status"));

        await page.ClickAsync("#label-table th button[data-key=test]");
        var test = await NumbersAsync(report, column: 3);
        Assert.Equal(test.OrderDescending(), test);
        Assert.Equal("descending", await page.GetAttributeAsync("#label-table th:has(button[data-key=test])", "aria-sort"));
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.dataset.key === 'test'"));
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal(test.Order(), await NumbersAsync(report, column: 3));

        await page.ClickAsync("#label-table th button[data-key=name]");
        var names = await report.ColumnAsync(0);
        Assert.Equal(names.Order(StringComparer.InvariantCulture), names);

        await page.FillAsync("#label-search", "NÁME 1");
        await Assertions.Expect(page.Locator("#label-status")).ToHaveTextAsync("Labels 1 to 11 of 11");
        Assert.All(await report.ColumnAsync(0), name => Assert.StartsWith("name 1", name, StringComparison.Ordinal));
        await page.FillAsync("#label-search", "no such label");
        await Assertions.Expect(page.Locator("#label-status")).ToHaveTextAsync("No label fits.");
        await page.FillAsync("#label-search", "");

        await page.SelectOptionAsync("#label-bin", new SelectOptionValue { Label = "never seen" });
        await Assertions.Expect(page.Locator("#label-status")).ToHaveTextAsync("Labels 1 to 2 of 2");
        Assert.Equal(["0", "0"], await report.ColumnAsync(2));
        await page.SelectOptionAsync("#label-filter", "perfect");
        Assert.Equal("No label fits.", await page.TextContentAsync("#label-status"));
        Assert.Empty(report.Complaints);
    }

    [SkippableFact]
    public async Task Labels_OtherMethod_ShowsItsFigures()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var report = await browser.OpenAsync(Large);
        var page = report.Page;
        foreach (var method in (int[])[0, 2])
        {
            await page.SelectOptionAsync("#label-method", method.ToString(CultureInfo.InvariantCulture));
            var shown = await NumbersAsync(report, column: 4);
            Assert.Equal(Large.Labels.Rows.OrderByDescending(row => row.Train).ThenBy(row => row.Label).Select(row => (double)row.Methods[method].Predicted), shown);
        }

        Assert.Empty(report.Complaints);
    }

    [SkippableFact]
    public async Task ManyLabels_ComeInPages()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        var row = Large.Labels.Rows[0];
        var many = Large with { Labels = Large.Labels with { Total = 200_000, Rows = [.. Enumerable.Range(0, 5000).Select(label => row with { Label = label })] } };
        await using var report = await browser.OpenAsync(many);
        var page = report.Page;
        Assert.Equal(50, await page.Locator("#label-table tbody tr").CountAsync());
        Assert.True(await page.IsDisabledAsync("#label-pager button:first-of-type"));
        await page.ClickAsync("#label-pager button:last-of-type");
        Assert.Equal("Labels 51 to 100 of 5,000", await page.TextContentAsync("#label-status"));
        Assert.Contains("5,000 of 200,000 labels", await page.InnerTextAsync("#labels"), StringComparison.Ordinal);
        Assert.Empty(report.Complaints);
    }

    [SkippableFact]
    public async Task Theme_FollowsTheSystem_UntilTheButtonIsPressed()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var report = await browser.OpenAsync(SampleReport.Model, scheme: ColorScheme.Dark);
        var dark = await BackgroundAsync(report);
        Assert.Equal("Light theme", await report.Page.TextContentAsync("#theme"));
        await report.Page.ClickAsync("#theme");
        var light = await BackgroundAsync(report);
        Assert.NotEqual(dark, light);
        Assert.Equal("Dark theme", await report.Page.TextContentAsync("#theme"));
        await report.Page.ReloadAsync();
        Assert.Equal(light, await BackgroundAsync(report));
        Assert.Empty(report.Complaints);
    }

    [SkippableFact]
    public async Task Pairs_AreShownOneAtATime()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var report = await browser.OpenAsync(Large);
        Assert.Equal("true false false", await VisibleAsync());
        await report.Page.SelectOptionAsync("#pair", "2");
        Assert.Equal("false false true", await VisibleAsync());
        Assert.Empty(report.Complaints);

        Task<string> VisibleAsync() => report.Page.EvaluateAsync<string>("[...document.querySelectorAll('.pair')].map((pair) => pair.checkVisibility()).join(' ')");
    }

    [SkippableFact]
    public async Task Documents_MarkHitsAndMisses_SearchAndFilter()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var report = await browser.OpenAsync(SampleReport.Model);
        var page = report.Page;
        var rows = SampleReport.Model.Documents.Rows;
        Assert.Equal(10, await page.Locator("#document-list article").CountAsync());
        await page.SelectOptionAsync("#document-filter", "some");
        var status = await page.TextContentAsync("#document-status");
        var withHit = rows.Count(row => row.Methods.Any(method => method.Labels.Take(5).Intersect(row.Truth).Any()));
        Assert.EndsWith($"of {withHit}", status, StringComparison.Ordinal);
        await page.SelectOptionAsync("#document-filter", "all");

        // Of three digits, so that its title is part of no other.
        var last = rows.Last(row => row.Point >= 100);
        await page.FillAsync("#document-search", last.Title!);
        var card = page.Locator("#document-list article").Filter(new LocatorFilterOptions { HasText = $"test document {last.Point}," });
        await Assertions.Expect(card).ToBeVisibleAsync();
        var marks = await card.Locator(".rankings > div").First.Locator("li .unseen").AllTextContentsAsync();
        Assert.Equal(last.Methods[0].Labels.Select(label => last.Truth.Contains(label) ? "hit: " : "miss: "), marks);
        Assert.Empty(report.Complaints);
    }

    [SkippableFact]
    public async Task HostileNames_ShowAsText_AndRunNothing()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        var model = ReportBuilder.Build(
            SampleReport.Make(2, HostileNames.Of, method => HostileNames.All[method], HostileNames.All[1]) with { Title = HostileNames.All[0] }, SampleReport.Options);
        await using var report = await browser.OpenAsync(model, width: 390);
        var page = report.Page;
        await page.WaitForSelectorAsync("#label-table tbody tr");
        Assert.Equal(HostileNames.All[0], await page.TitleAsync());
        Assert.Equal(HostileNames.All[0], await page.TextContentAsync("h1"));
        Assert.Equal(0, await page.Locator("img, main script").CountAsync());
        var names = await page.Locator("#label-table tbody th > bdi, #label-table tbody th > details > bdi").AllTextContentsAsync();
        Assert.Equal(SampleReport.Labels, names.Count);
        // The parser of HTML turns no character of a text node that a script made.
        Assert.Equal(Enumerable.Range(0, SampleReport.Labels).Select(HostileNames.Of).Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(report.Complaints);
    }

    [SkippableTheory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Page_FitsItsWindow_AndLoadsNothingElse(int width)
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var report = await browser.OpenAsync(Large, width);
        Assert.Equal(width, await report.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.All(report.Requests, url => Assert.StartsWith("file:", url, StringComparison.Ordinal));
        Assert.Single(report.Requests);
        Assert.Empty(report.Complaints);
    }

    [SkippableFact]
    public async Task Page_IsAccessible_HeadingsNamesAndTextContrast()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using var report = await browser.OpenAsync(Large, scheme: scheme);
            var faults = await report.Page.EvaluateAsync<string[]>(AccessibilityScript.Text);
            Assert.Empty(faults);
        }
    }

    private static Task<string> BackgroundAsync(ReportPage report) => report.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private static async Task<double[]> NumbersAsync(ReportPage report, int column) =>
        [.. (await report.ColumnAsync(column)).Select(text => double.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture))];
}
