using Microsoft.Playwright;

namespace LightDxml.TestKit;

/// <summary>Headless Chromium. Compiled into the test projects that need it, so that the others do without its package.</summary>
internal sealed class HeadlessChromium : IAsyncDisposable
{
    private readonly IPlaywright _playwright;

    private HeadlessChromium(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    public IBrowser Browser { get; }

    /// <returns>Null where the machine has none.</returns>
    public static async Task<HeadlessChromium?> StartAsync()
    {
        if (Chromium.IsMissing)
            return null;
        var playwright = await Playwright.CreateAsync();
        return new HeadlessChromium(
            playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Executable, Headless = true, Args = Chromium.Arguments }));
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
