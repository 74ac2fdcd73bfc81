using System.Net;
using LightDxml.TestKit;
using static Microsoft.Playwright.Assertions;

namespace LightDxml.Hosting.Tests;

/// <summary>The API to read and to try, in a browser that lets the page ask this service alone.</summary>
public sealed class ApiReferenceTests(Browser browser, TicketModel model) : IClassFixture<Browser>, IClassFixture<TicketModel>
{
    [SkippableFact]
    public async Task Reference_ShowsEveryAddress_AndAsksNoOtherHost()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync();
        await open.Page.GotoAsync(new Uri(browser.Service.Address, "reference").AbsoluteUri);
        await Expect(open.Page.Locator("h1").First).ToHaveTextAsync("LightDxml");
        var (_, description) = await browser.Service.GetAsync("/openapi/v1.json");
        foreach (var path in description.GetProperty("paths").EnumerateObject())
            await Expect(open.Page.Locator("body")).ToContainTextAsync(path.Name);
        await Task.Delay(1000);
        Assert.All(open.Requests, url => Assert.StartsWith(browser.Service.Address.AbsoluteUri, url, StringComparison.Ordinal));
        // Scalar tells its version there.
        Assert.All(open.Complaints, told => Assert.StartsWith("info: @scalar/api-reference", told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gzip, br", "gzip")]
    [InlineData("identity", "")]
    [InlineData("br", "")]
    public async Task Script_IsThatOfThePackage_HoweverItIsSent(string accepted, string encoding)
    {
        await using var service = await Service.StartAsync(model.Path);
        using var handler = new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None };
        using var client = new HttpClient(handler) { BaseAddress = service.Address };
        client.DefaultRequestHeaders.Add("Accept-Encoding", accepted);
        using var response = await client.GetAsync(new Uri("page/scalar.js", UriKind.Relative));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(encoding, string.Join(',', response.Content.Headers.ContentEncoding));
        var content = await response.Content.ReadAsByteArrayAsync();
        if (encoding.Length > 0)
            Assert.Equal([0x1F, 0x8B], content[..2]);
        else
            Assert.True(content.AsSpan().IndexOf("createApiReference"u8) > 0);
    }

    [Theory]
    [InlineData("/reference")]
    [InlineData("/page/scalar.js")]
    [InlineData("/page/reference.js")]
    public async Task Reference_IsLeftOut_WithThePage(string path)
    {
        await using var service = await Service.StartAsync(models => models.AddModel("tickets", model.Path), page: false);
        Assert.Equal(404, (await service.GetAsync(path)).Status);
    }
}
