using LightDxml.Reports.Model;
using LightDxml.TestKit;
using Microsoft.Playwright;

namespace LightDxml.Reports.Tests;

/// <summary>Headless Chromium, where the machine has it. Tests that need it are skipped, visibly, without it.</summary>
public sealed class Browser : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lightdxml-browser-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (Chromium.IsMissing)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Executable, Headless = true, Args = Chromium.Arguments });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Opens a report as a file; the page keeps what goes wrong.</summary>
    internal async Task<ReportPage> OpenAsync(ReportModel model, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.html");
        ReportFiles.WriteHtml(model, file);
        var page = await _browser!.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme });
        var report = new ReportPage(page);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return report;
    }
}

/// <summary>An open report, and what the browser complained of.</summary>
internal sealed class ReportPage : IAsyncDisposable
{
    public ReportPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
        page.Dialog += (_, dialog) => Complaints.Add($"dialog: {dialog.Message}");
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public List<string> Requests { get; } = [];

    /// <summary>The text of each cell of a column of the table of labels.</summary>
    public async Task<string[]> ColumnAsync(int column) =>
        [.. (await Page.Locator($"#label-table tbody tr > :nth-child({column + 1})").AllInnerTextsAsync()).Select(text => text.Trim())];

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
