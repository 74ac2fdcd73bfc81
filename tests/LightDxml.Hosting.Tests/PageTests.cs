using Deque.AxeCore.Playwright;
using LightDxml.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LightDxml.Hosting.Tests;

/// <summary>The page in a real browser, used as a person would, without a complaint on the console.</summary>
public sealed class PageTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableFact]
    public async Task Labels_AppearWhileTyping_AndAPressedOneMarksItsWords()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync();
        await Expect(open.Page.Locator(".note")).ToContainTextAsync("Labels appear here");
        await open.Page.Locator("#text").PressSequentiallyAsync("The Printer had a paper-jam; the WIFI is fine");
        await Expect(open.Names.First).ToHaveTextAsync("printer");
        await Expect(open.Page.Locator("#count")).ToHaveTextAsync("9 words, 45 characters.");
        Assert.EndsWith("%", await open.Page.Locator("ol .share").First.TextContentAsync(), StringComparison.Ordinal);

        await open.Page.Locator("ol button").First.ClickAsync();
        await Expect(open.Page.Locator("ol button").First).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(open.Marks.First).ToBeAttachedAsync();
        var marks = await open.Marks.AllTextContentsAsync();
        Assert.Contains(marks, mark => mark.Contains("Printer", StringComparison.Ordinal));
        Assert.DoesNotContain(marks, mark => mark.Contains("fine", StringComparison.Ordinal));
        // The marks lie exactly behind the words: the copy is as wide and as high as the text.
        Assert.True(await open.Page.EvaluateAsync<bool>("['width', 'height'].every((side) => behind.getBoundingClientRect()[side] === text.getBoundingClientRect()[side])"));
        Assert.Equal(await open.Page.InputValueAsync("#text") + "\n", await open.Page.TextContentAsync("#behind"));

        await open.Page.Locator("ol button").First.ClickAsync();
        await Expect(open.Marks).ToHaveCountAsync(0);
        Assert.Empty(open.Complaints);
    }

    [SkippableFact]
    public async Task OlderAnswers_AreDropped()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync();
        await open.Page.RouteAsync("**/predict", async route =>
        {
            if (route.Request.PostData!.Contains("toner", StringComparison.Ordinal))
                await Task.Delay(1500);
            try
            {
                await route.ContinueAsync();
            }
            catch (PlaywrightException)
            {
                // The page gave it up.
            }
        });
        await open.Page.FillAsync("#text", "toner tray printer");
        await open.Page.WaitForRequestAsync("**/predict");
        await open.Page.FillAsync("#text", "headset voice call");
        await Expect(open.Names.First).ToHaveTextAsync("phone");
        await Task.Delay(2000);
        await Expect(open.Names.First).ToHaveTextAsync("phone");
        Assert.Empty(open.Complaints);
    }

    [SkippableFact]
    public async Task Threshold_TakesKeys_AndSaysWhenNothingIsLeft()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync();
        await open.WriteAsync("paper jam printer");
        await open.SetThresholdAsync(0);
        await Expect(open.Names).ToHaveCountAsync(4);
        await open.Page.FocusAsync("#threshold");
        await open.Page.Keyboard.PressAsync("End");
        await Expect(open.Page.Locator("#from")).ToHaveTextAsync("100%");
        await Expect(open.Names).ToHaveCountAsync(0);
        await Expect(open.Page.Locator(".note")).ToContainTextAsync("No label is probable enough.");
        await Expect(open.Page.Locator("#copies")).ToBeHiddenAsync();
        await open.Page.Locator(".note button").ClickAsync();
        await Expect(open.Names.First).ToBeVisibleAsync();

        await open.Page.FillAsync("#text", "zzzz");
        await Expect(open.Page.Locator(".note")).ToContainTextAsync("knows no word");
        await open.Page.Locator("#clear").ClickAsync();
        await Expect(open.Page.Locator(".note")).ToContainTextAsync("Labels appear here");
        Assert.Empty(open.Complaints);
    }

    [SkippableFact]
    public async Task TailWeight_ShowsProbabilities_NotTheScoresOfTheRanking()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var service = await Service.StartAsync(models => models.AddModel("tickets", browser.TicketPath, tail: 1));
        using var library = TextClassifier.Load(browser.TicketPath);
        await using var open = await browser.OpenAsync(service: service);
        await open.WriteAsync("paper jam printer wifi");
        await open.SetThresholdAsync(0);
        await Expect(open.Names).ToHaveCountAsync(4);
        var shown = (await open.Names.AllTextContentsAsync()).Zip(await open.Page.Locator("ol .share").AllTextContentsAsync()).ToDictionary();
        foreach (var label in library.Predict("paper jam printer wifi", 4))
            Assert.Equal(label.Probability switch { < 0.01f => "<1%", >= 0.995f => ">99%", var rest => $"{MathF.Round(100 * rest)}%" }, shown[label.Name]);
        await open.SetThresholdAsync(30);
        await Expect(open.Names).ToHaveCountAsync(library.Predict("paper jam printer wifi", 4, 0.3f).Count);
        await open.Page.Locator("[data-form=csv]").ClickAsync();
        await Expect(open.Page.Locator("#status")).ToHaveTextAsync("Copied as csv.");
        Assert.StartsWith("label,name,score,probability\r\nprinter,", await open.Page.EvaluateAsync<string>("navigator.clipboard.readText()"), StringComparison.Ordinal);
        Assert.Empty(open.Complaints);
    }

    [SkippableFact]
    public async Task TwoModels_AreComparedSideBySide()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync();
        await open.Page.SelectOptionAsync("#other", "other");
        await open.WriteAsync("wifi router headset voice phone network");
        await open.SetThresholdAsync(1);
        var lists = open.Page.Locator(".list");
        await Expect(lists).ToHaveCountAsync(2);
        await Expect(lists.Nth(0).Locator("h3")).ToHaveTextAsync("tickets");
        await Expect(lists.Nth(1).Locator("h3")).ToHaveTextAsync("other");
        await Expect(lists.Nth(0).Locator("li", new() { HasText = "phone" }).Locator(".only")).ToBeVisibleAsync();
        await Expect(lists.Nth(1).Locator("li", new() { HasText = "network" }).Locator(".only")).ToBeHiddenAsync();
        var (left, right) = (await lists.Nth(0).BoundingBoxAsync(), await lists.Nth(1).BoundingBoxAsync());
        Assert.True(left!.X + left.Width < right!.X);

        await lists.Nth(1).Locator("ol button").First.ClickAsync();
        await Expect(open.Marks.First).ToBeAttachedAsync();
        await open.Page.SelectOptionAsync("#other", "");
        await Expect(lists).ToHaveCountAsync(1);
        Assert.Empty(open.Complaints);
    }

    [SkippableFact]
    public async Task Service_ThatIsAway_IsAskedAgain()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync();
        await open.WriteAsync("paper jam printer");
        await open.Page.RouteAsync("**/predict", route => route.AbortAsync());
        await open.Page.FillAsync("#text", "password login account");
        await Expect(open.Page.Locator("#notice")).ToContainTextAsync("does not answer");
        await open.Page.UnrouteAsync("**/predict");
        await Expect(open.Names.First).ToHaveTextAsync("account", new() { Timeout = 10_000 });
        await Expect(open.Page.Locator("#notice")).ToBeHiddenAsync();
        // What the browser itself says of the connection.
        Assert.All(open.Complaints, complaint => Assert.Contains("ERR_FAILED", complaint, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Faults_OfTheService_AreSaid()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var service = await Service.StartAsync(browser.TicketPath, new ServingOptions { MaxTextLength = 20, MaxTop = 3 });
        await using var open = await browser.OpenAsync(service: service);
        await open.Page.FillAsync("#text", "a text that is longer than the service takes");
        await Expect(open.Page.Locator("#notice")).ToContainTextAsync("A text may have 20 characters, but one has 44.");
        await open.Page.FillAsync("#text", "paper jam printer");
        await Expect(open.Names.First).ToHaveTextAsync("printer");
        await Expect(open.Page.Locator("#notice")).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task Key_IsAskedFor()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("sesame"u8));
        await using var service = await Service.StartAsync(browser.TicketPath, new ServingOptions { ApiKeyHashes = [hash] });
        await using var open = await browser.OpenAsync(service: service);
        await Expect(open.Page.Locator("#key")).ToBeFocusedAsync();
        await open.Page.Keyboard.TypeAsync("wrong");
        await open.Page.Keyboard.PressAsync("Enter");
        await Expect(open.Page.Locator("#key-fault")).ToContainTextAsync("does not know this key");
        foreach (var pasted in (string[])["sesame\u200B", "sésame"])
        {
            await open.Page.FillAsync("#key", pasted);
            await open.Page.Keyboard.PressAsync("Enter");
            await Expect(open.Page.Locator("#key")).ToBeFocusedAsync();
            await Expect(open.Page.Locator("#key-fault")).ToContainTextAsync("does not know this key");
        }

        await open.Page.FillAsync("#key", " sesame\u00A0");
        await open.Page.Keyboard.PressAsync("Enter");
        await open.WriteAsync("paper jam printer");
        await Expect(open.Names.First).ToHaveTextAsync("printer");
        Assert.All(open.Complaints, complaint => Assert.Contains("401", complaint, StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("list", "printer")]
    [InlineData("json", "\"name\": \"printer\"")]
    [InlineData("csv", "label,name,score\r\nprinter,printer,0.")]
    public async Task Labels_AreCopied(string form, string expected)
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync();
        await open.WriteAsync("paper jam printer toner");
        await open.Page.Locator($"[data-form={form}]").ClickAsync();
        await Expect(open.Page.Locator("#status")).ToHaveTextAsync($"Copied as {form}.");
        Assert.Contains(expected, await open.Page.EvaluateAsync<string>("navigator.clipboard.readText()"), StringComparison.Ordinal);
        Assert.Empty(open.Complaints);
    }

    [SkippableFact]
    public async Task HostileNames_ShowAsText_AndRunNothing()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync(width: 390);
        await open.Page.SelectOptionAsync("#model", "hostile");
        const string Text = "</textarea><script>document.title='owned'</script> word0 word5\u202E 😀\u0000 word9";
        await open.SetThresholdAsync(0);
        await open.WriteAsync(Text);
        await Expect(open.Names).ToHaveCountAsync(HostileLabels.Names.Count);
        Assert.Equal(HostileLabels.Names.Order(StringComparer.Ordinal), (await open.Names.AllTextContentsAsync()).Order(StringComparer.Ordinal));
        foreach (var button in await open.Page.Locator("ol button").AllAsync())
        {
            await button.ClickAsync();
            await Expect(button).ToHaveAttributeAsync("aria-expanded", "true");
        }

        Assert.Equal("Labels for a text", await open.Page.TitleAsync());
        Assert.Equal(0, await open.Page.Locator("main :is(img, script, i)").CountAsync());
        Assert.Contains(" › ", await open.Page.Locator("ol .path").First.TextContentAsync(), StringComparison.Ordinal);
        Assert.True(await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 390);
        await open.Page.Locator("[data-form=csv]").ClickAsync();
        await Expect(open.Page.Locator("#status")).ToHaveTextAsync("Copied as csv.");
        Assert.Contains("\"=HYPERLINK(\"\"x\"\"), comma, \"\"quotes\"\"\"", await open.Page.EvaluateAsync<string>("navigator.clipboard.readText()"), StringComparison.Ordinal);
        Assert.Empty(open.Complaints);
    }

    [SkippableFact]
    public async Task LongText_IsTaken_AndMarked()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync();
        var filler = string.Concat(Enumerable.Repeat("Nothing of interest stands in this line.\n", 5_000));
        await Expect(open.Page.Locator("#controls")).ToBeVisibleAsync();
        await open.Page.EvaluateAsync("text => navigator.clipboard.writeText(text)", filler + "password locked account\n" + filler);
        await open.Page.FocusAsync("#text");
        await open.Page.Keyboard.PressAsync("Control+V");
        await Expect(open.Names.First).ToHaveTextAsync("account");
        await open.Page.Locator("ol button").First.ClickAsync();
        await Expect(open.Marks.First).ToBeInViewportAsync();
        Assert.Empty(open.Complaints);
    }

    [SkippableFact]
    public async Task Keyboard_ReachesEverything_InTheOrderOfThePage()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync();
        await open.Page.Locator("#text").EvaluateAsync("text => { text.value = 'paper jam printer'; text.dispatchEvent(new Event('input')); }");
        await Expect(open.Names.First).ToBeVisibleAsync();
        var reached = new List<string>();
        for (var press = 0; press < 14; press++)
        {
            await open.Page.Keyboard.PressAsync("Tab");
            reached.Add(await open.Page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.className"));
            if (reached[^1] == "row")
                break;
        }

        string[] order = ["open", "clear", "text", "quiet", "model", "other", "threshold", "row"];
        Assert.Equal(order, reached.Where(order.Contains).Distinct());
        await open.Page.Keyboard.PressAsync("Enter");
        await Expect(open.Marks.First).ToBeAttachedAsync();
        Assert.Equal("row", await open.Page.EvaluateAsync<string>("document.activeElement.className"));
        await Expect(open.Page.Locator("#status")).ToContainTextAsync("printer");
    }

    [SkippableTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Page_IsAccessible_FitsItsWindow_AndAsksNoOtherHost(int width, ColorScheme scheme)
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync(width, scheme);
        await Expect(open.Page.Locator("#controls")).ToBeVisibleAsync();
        await AssertAccessibleAsync();
        await open.Page.SelectOptionAsync("#other", "hostile");
        await open.WriteAsync("paper jam printer word4");
        await open.SetThresholdAsync(0);
        await open.Page.Locator("ol button").First.ClickAsync();
        await Expect(open.Page.Locator(".words").First).ToBeVisibleAsync();
        await AssertAccessibleAsync();
        Assert.True(await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        Assert.All(open.Requests, url => Assert.StartsWith(browser.Service.Address.AbsoluteUri, url, StringComparison.Ordinal));
        Assert.Empty(open.Complaints);

        async Task AssertAccessibleAsync()
        {
            var found = await open.Page.RunAxe();
            Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {violation.Help} {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
        }
    }

    [SkippableFact]
    public async Task Theme_FollowsTheSystem_UntilTheButtonIsPressed()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync(scheme: ColorScheme.Dark);
        var dark = await BackgroundAsync();
        await Expect(open.Page.Locator("#theme")).ToHaveTextAsync("Light theme");
        await open.Page.ClickAsync("#theme");
        var light = await BackgroundAsync();
        Assert.NotEqual(dark, light);
        await open.Page.ReloadAsync();
        Assert.Equal(light, await BackgroundAsync());
        Assert.Empty(open.Complaints);

        Task<string> BackgroundAsync() => open.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
    }

    [Fact]
    public async Task Page_MayBeLeftOut()
    {
        using var model = new TicketModel();
        await using var with = await Service.StartAsync(model.Path);
        await using var without = await Service.StartAsync(models => models.AddModel("tickets", model.Path), page: false);
        foreach (var path in (string[])["/", "/page/app.js", "/page/page.css"])
        {
            using var response = await with.Client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True(response.IsSuccessStatusCode);
            Assert.Equal(404, (await without.GetAsync(path)).Status);
        }
    }
}
