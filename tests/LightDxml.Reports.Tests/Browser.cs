using LightDxml.Reports.Model;
using LightDxml.TestKit;
using Microsoft.Playwright;

namespace LightDxml.Reports.Tests;

/// <summary>Headless Chromium, where the machine has it. Tests that need it are skipped, visibly, without it.</summary>
public sealed class Browser : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lightdxml-browser-").FullName;
    private HeadlessChromium? _chromium;

    public async Task InitializeAsync() => _chromium = await HeadlessChromium.StartAsync();

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Opens a report as a file; the page keeps what goes wrong.</summary>
    internal async Task<ReportPage> OpenAsync(ReportModel model, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.html");
        ReportFiles.WriteHtml(model, file);
        var page = await _chromium!.Browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme });
        var report = new ReportPage(page);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return report;
    }
}

/// <summary>An open report.</summary>
internal sealed class ReportPage(IPage page) : WatchedPage(page)
{
    /// <summary>The text of each cell of a column of the table of labels.</summary>
    public async Task<string[]> ColumnAsync(int column) =>
        [.. (await Page.Locator($"#label-table tbody tr > :nth-child({column + 1})").AllInnerTextsAsync()).Select(text => text.Trim())];
}
