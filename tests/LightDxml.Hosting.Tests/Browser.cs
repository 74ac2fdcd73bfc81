using LightDxml.TestKit;
using Microsoft.Playwright;

namespace LightDxml.Hosting.Tests;

/// <summary>Headless Chromium, a service with three models, and the page of it. Tests that need it are skipped, visibly, where there is no Chromium.</summary>
public sealed class Browser : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lightdxml-page-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal Service Service { get; private set; } = null!;

    public string TicketPath { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Chromium.IsMissing)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Executable, Headless = true, Args = Chromium.Arguments });
        TicketPath = Trained("tickets", Tickets.Create(200));
        var other = Trained("other", Tickets.Create(200, seed: 5).Where(ticket => !ticket.Labels.Contains("phone")));
        var hostile = Trained("hostile", HostileLabels.Documents());
        var names = Path.Combine(_folder, "names.jsonl");
        File.WriteAllLines(names, HostileLabels.Entries());
        Service = await Service.StartAsync(models => models.AddModel("tickets", TicketPath).AddModel("other", other).AddModel("hostile", hostile, labelNames: names));
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
            await Service.DisposeAsync();
        }

        _playwright?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Opens the page of a service, that of this one by default; it keeps what goes wrong.</summary>
    internal async Task<OpenPage> OpenAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light, Service? service = null)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        var open = new OpenPage(await context.NewPageAsync());
        await open.Page.GotoAsync((service ?? Service).Address.AbsoluteUri);
        return open;
    }

    private string Trained(string name, IEnumerable<(string Text, string[] Labels)> documents)
    {
        using var model = TextClassifier.Train(documents, Tickets.Quick);
        var path = Path.Combine(_folder, name);
        model.Save(path);
        return path;
    }
}

/// <summary>The page as it is open, and what the browser complained of.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    public OpenPage(IPage page)
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

    /// <summary>The names of the labels that are shown, in their order.</summary>
    public ILocator Names => Page.Locator("ol .name");

    public ILocator Marks => Page.Locator("#behind mark");

    public async Task WriteAsync(string text)
    {
        await Page.FillAsync("#text", text);
        await Assertions.Expect(Page.Locator("#lists")).Not.ToHaveClassAsync("lists waiting");
        await Assertions.Expect(Names.First).ToBeVisibleAsync();
    }

    public Task SetThresholdAsync(int percent) => Page.Locator("#threshold").EvaluateAsync(
        "(slider, percent) => { slider.value = percent; slider.dispatchEvent(new Event('input')); }", percent);

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
