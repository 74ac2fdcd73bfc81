using System.Text;
using System.Text.Json;
using LightDxml.TestKit;
using static Microsoft.Playwright.Assertions;

namespace LightDxml.Hosting.Tests;

/// <summary>Names of labels in the language that is asked for.</summary>
public sealed class LabelLanguageTests(TicketModel model, Browser browser) : IClassFixture<TicketModel>, IClassFixture<Browser>, IDisposable
{
    private const string Turtle = """
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <printer> a skos:Concept ; skos:prefLabel "printer (en)"@en, "Drucker"@de, "imprimante"@fr ; skos:broader <network> .
        <network> a skos:Concept ; skos:prefLabel "network (en)"@en, "Netz"@de, "Netzl"@de-AT .
        <account> a skos:Concept ; skos:prefLabel "account (en)"@en .
        """;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string?, string?, string, string> Asked => new()
    {
        { "skos", null, null, "printer (en)", "network (en)" },
        { "skos", "de", null, "Drucker", "Netz" },
        { "skos", "de-AT", null, "Drucker", "Netzl" },
        { "skos", "DE-ch", null, "Drucker", "Netz" },
        { "skos", "fr", "de", "imprimante", "network (en)" },
        { "skos", null, "it, de-CH;q=0.9, en;q=0.5", "Drucker", "Netz" },
        { "skos", null, "fr;q=0, de;q=0.1, en;q=0.4", "printer (en)", "network (en)" },
        { "skos", null, "it, *;q=0.1", "printer (en)", "network (en)" },
        { "jsonl", "fr", null, "imprimante", "réseau" },
        { "jsonl", null, null, "Drucker", "Netz" },
    };

    [Theory]
    [MemberData(nameof(Asked))]
    public async Task Names_AreInTheLanguageAsked_ElseInOneThatTheClientTakes(string form, string? language, string? accepted, string name, string above)
    {
        await using var service = await StartAsync(form);
        var body = JsonSerializer.Serialize(new { text = "toner paper jam", top = 1, language }, JsonSerializerOptions.Web);
        var label = (await AskAsync(service, "/v1/models/tickets/predict", body, accepted)).GetProperty("labels")[0];
        Assert.Equal(("printer", name), (label.GetProperty("label").GetString(), label.GetProperty("name").GetString()));
        Assert.Equal(above, label.GetProperty("path")[0].GetString());
        label = (await AskAsync(service, "/v1/models/tickets/explain", body, accepted)).GetProperty("labels")[0];
        Assert.Equal(name, label.GetProperty("name").GetString());

        var line = await AskAsync(service, $"/v1/models/tickets/stream?top=1{(language is null ? "" : "&language=" + language)}", """{"text":"toner paper jam"}""", accepted);
        Assert.Equal(name, line.GetProperty("labels")[0].GetProperty("name").GetString());

        var form2 = $"text=toner+paper+jam&limit=1&language={language}";
        var suggestion = (await AskAsync(service, "/v1/projects/tickets/suggest", form2, accepted, "application/x-www-form-urlencoded")).GetProperty("results")[0];
        Assert.Equal(name, suggestion.GetProperty("label").GetString());
    }

    [Fact]
    public async Task Models_TellTheirLanguages()
    {
        await using var service = await StartAsync("skos");
        var (_, details) = await service.GetAsync("/v1/models/tickets");
        Assert.Equal(["en", "de", "de-at", "fr"], details.GetProperty("languages").EnumerateArray().Select(language => language.GetString()!));
        var (_, vocabularies) = await service.GetAsync("/v1/vocabs");
        Assert.Equal(4, vocabularies.GetProperty("vocabs")[0].GetProperty("languages").GetArrayLength());
    }

    [Theory]
    [InlineData("skos", "predict")]
    [InlineData("skos", "explain")]
    [InlineData(null, "predict")]
    public async Task Language_ThatNoNameIsIn_IsAnError(string? form, string what)
    {
        await using var service = form is null ? await Service.StartAsync(model.Path) : await StartAsync(form);
        var (status, problem) = await service.PostAsync($"/v1/models/tickets/{what}", """{"text":"a","language":"pt"}""");
        Assert.Equal(400, status);
        Assert.Contains(form is null ? "Leave the language out" : "en, de, de-at, fr", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("skos")]
    [InlineData(null)]
    public async Task Language_OfNothingButHyphens_IsAnErrorAtOnce_AndNotRepeated(string? form)
    {
        await using var service = form is null ? await Service.StartAsync(model.Path) : await StartAsync(form);
        var hyphens = new string('-', 1_000_000);
        var (status, problem) = await service.PostAsync("/v1/models/tickets/predict", $$"""{"text":"a","language":"{{hyphens}}"}""").WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(400, status);
        Assert.InRange(problem.GetProperty("detail").GetString()!.Length, 1, 200);
        service.Client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", hyphens[..20_000] + ", de");
        var (_, answer) = await service.PostAsync("/v1/models/tickets/predict", """{"text":"toner paper jam","top":1}""").WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(form is null ? "printer" : "Drucker", answer.GetProperty("labels")[0].GetProperty("name").GetString());
    }

    [SkippableFact]
    public async Task Page_OffersTheLanguages_AndTakesTheReaders()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var service = await StartAsync("skos");
        await using var open = await browser.OpenAsync(service: service);
        await Expect(open.Page.Locator("#language")).ToHaveValueAsync("en");
        await Expect(open.Page.Locator("#language option")).ToHaveTextAsync(["English", "German", "Austrian German", "French"]);
        await open.WriteAsync("toner paper jam");
        await Expect(open.Names.First).ToHaveTextAsync("printer (en)");
        await open.Page.SelectOptionAsync("#language", "de");
        await Expect(open.Names.First).ToHaveTextAsync("Drucker");
        await Expect(open.Page.Locator("ol .path").First).ToContainTextAsync("Netz");
        Assert.Empty(open.Complaints);
    }

    public void Dispose() => _folder.Dispose();

    private Task<Service> StartAsync(string form)
    {
        var names = _folder[form == "skos" ? "names.ttl" : "names.jsonl"];
        File.WriteAllText(names, form == "skos" ? Turtle : """
            {"id":"printer","names":{"de":"Drucker","fr":"imprimante"},"parents":["network"]}
            {"id":"network","name":"Netz","names":{"FR":"réseau"}}
            """);
        return Service.StartAsync(models => models.AddModel("tickets", model.Path, labelNames: names));
    }

    private static async Task<JsonElement> AskAsync(Service service, string path, string body, string? accepted, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (accepted is not null)
            request.Headers.AcceptLanguage.ParseAdd(accepted);
        using var response = await service.Client.SendAsync(request);
        var (status, answer) = await Service.ReadAsync(response);
        Assert.True(status == 200, answer.GetRawText());
        return answer;
    }
}
