using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LightDxml.Configuration;
using LightDxml.TestKit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LightDxml.Hosting.Tests;

/// <summary>The API as a client sees it.</summary>
public sealed class ModelApiTests(TicketModel model) : IClassFixture<TicketModel>
{
    private const string Predict = "/v1/models/tickets/predict";

    [Fact]
    public async Task Predict_GivesWhatTheLibraryGives()
    {
        await using var service = await Service.StartAsync(model.Path);
        using var library = TextClassifier.Load(model.Path);
        var (status, body) = await service.PostAsync(Predict, """{"text":"printer jam paper","top":3}""");
        Assert.Equal(200, status);
        var expected = library.Predict("printer jam paper", 3);
        Assert.Equal(expected.Select(label => label.Label), body.GetProperty("labels").EnumerateArray().Select(label => label.GetProperty("label").GetString()));
        Assert.Equal(expected.Select(label => label.Probability), body.GetProperty("labels").EnumerateArray().Select(label => label.GetProperty("score").GetSingle()));
        Assert.True(body.GetProperty("known").GetBoolean());
    }

    [Fact]
    public async Task TailWeight_RanksByScores_AndLeavesProbabilitiesAsTheyAre()
    {
        await using var service = await Service.StartAsync(models => models.AddModel("tickets", model.Path, tail: 1));
        using var library = TextClassifier.Load(model.Path);
        foreach (var text in (string[])["printer jam paper", "wifi", "zzz"])
        {
            var expected = library.Predict(text, 4).ToDictionary(label => label.Label, label => label.Probability);
            var (_, body) = await service.PostAsync(Predict, $$"""{"text":"{{text}}","top":4}""");
            var labels = body.GetProperty("labels").EnumerateArray().ToArray();
            Assert.Equal(4, labels.Length);
            Assert.All(labels, label => Assert.Equal(expected[label.GetProperty("label").GetString()!], label.GetProperty("probability").GetSingle(), 1e-6f));
            Assert.All(labels, label => Assert.True(label.GetProperty("score").GetSingle() > label.GetProperty("probability").GetSingle()));
            var (_, suggestions) = await service.PostAsync("/v1/projects/tickets/suggest-batch", $$"""{"documents":[{"text":"{{text}}"}]}""");
            Assert.All(suggestions[0].GetProperty("results").EnumerateArray(), one => Assert.Equal(expected[one.GetProperty("uri").GetString()!], one.GetProperty("score").GetSingle(), 1e-6f));
        }
    }

    [Fact]
    public async Task TailWeight_LeavesSuggestionsOfAnnifInTheOrderOfTheirScores()
    {
        using var folder = new TemporaryFolder();
        using (var skewed = TextClassifier.Train(Tickets.Create(60).Concat(Enumerable.Repeat(("printer jam paper toner", (string[])["printer"]), 300)), Tickets.Quick))
            skewed.Save(folder["model"]);
        await using var service = await Service.StartAsync(models => models.AddModel("tickets", folder["model"], tail: 1));
        var moved = 0;
        string[] frequent = ["printer", "jam", "jam paper", "please"], rare = ["wifi", "router", "login", "password login", "wifi router", "office", "today"];
        foreach (var text in frequent.SelectMany(words => rare.Select(others => $"{words} {others}")))
        {
            var (_, body) = await service.PostAsync(Predict, $$"""{"text":"{{text}}","top":4}""");
            var ranked = body.GetProperty("labels").EnumerateArray().Select(label => label.GetProperty("probability").GetSingle()).ToArray();
            var (_, suggestions) = await service.PostAsync("/v1/projects/tickets/suggest-batch", $$"""{"documents":[{"text":"{{text}}"}]}""");
            Assert.Equal(ranked.OrderDescending(), suggestions[0].GetProperty("results").EnumerateArray().Select(one => one.GetProperty("score").GetSingle()));
            moved += ranked.SequenceEqual(ranked.OrderDescending()) ? 0 : 1;
        }

        Assert.True(moved > 0, "No ranking differs from the order of probabilities.");
    }

    [Fact]
    public async Task Predict_OfSeveralTexts_KeepsTheirOrder()
    {
        await using var service = await Service.StartAsync(model.Path);
        var (_, body) = await service.PostAsync(Predict, """{"texts":["wifi router cable","zzz","password login"],"top":1}""");
        var results = body.GetProperty("results");
        Assert.Equal(3, results.GetArrayLength());
        Assert.Equal("network", results[0].GetProperty("labels")[0].GetProperty("label").GetString());
        Assert.False(results[1].GetProperty("known").GetBoolean());
        Assert.Equal("account", results[2].GetProperty("labels")[0].GetProperty("label").GetString());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.5")]
    [InlineData("\"auto\"")]
    [InlineData("\"per-label\"")]
    public async Task Threshold_LeavesLabelsOut(string threshold)
    {
        await using var service = await Service.StartAsync(model.Path);
        var (status, body) = await service.PostAsync(Predict, $$"""{"text":"printer jam paper toner","threshold":{{threshold}}}""");
        Assert.Equal(200, status);
        var labels = body.GetProperty("labels").EnumerateArray().ToArray();
        if (threshold == "0")
            Assert.Equal(4, labels.Length);
        else
            Assert.InRange(labels.Length, 1, 3);
    }

    [Theory]
    [InlineData("\"document\"", 0)]
    [InlineData("\"auto\"", 0)]
    [InlineData("0.01", 0)]
    [InlineData("0", 4)]
    public async Task Threshold_GivesNoLabelToATextOfWhichNothingIsKnown(string threshold, int labels)
    {
        await using var service = await Service.StartAsync(model.Path);
        var (_, body) = await service.PostAsync(Predict, $$"""{"text":"zzz qqq","threshold":{{threshold}}}""");
        Assert.False(body.GetProperty("known").GetBoolean());
        Assert.Equal(labels, body.GetProperty("labels").GetArrayLength());
    }

    [Theory]
    [InlineData("predict", "")]
    [InlineData("predict", ",\"threshold\":0")]
    [InlineData("explain", "")]
    public async Task RequestsWithoutTop_GetNoMoreThanMayBeAsked(string what, string threshold)
    {
        await using var service = await Service.StartAsync(model.Path, new ServingOptions { MaxTop = 3 });
        var (status, body) = await service.PostAsync($"/v1/models/tickets/{what}", $$"""{"text":"wifi"{{threshold}}}""");
        Assert.Equal(200, status);
        Assert.Equal(3, body.GetProperty("labels").GetArrayLength());
        Assert.Equal(400, (await service.PostAsync($"/v1/models/tickets/{what}", """{"text":"wifi","top":4}""")).Status);
        Assert.Equal(3, (await service.GetAsync("/v1/models/tickets")).Body.GetProperty("maxTop").GetInt32());
    }

    [Fact]
    public async Task Explain_NamesWordsOfTheText()
    {
        await using var service = await Service.StartAsync(model.Path);
        var (_, body) = await service.PostAsync("/v1/models/tickets/explain", """{"text":"printer jam paper","top":1,"terms":2}""");
        var terms = body.GetProperty("labels")[0].GetProperty("terms").EnumerateArray().Select(term => term.GetProperty("term").GetString()!).ToArray();
        Assert.InRange(terms.Length, 1, 2);
        Assert.All(terms, term => Assert.Contains(term.Split(' ')[0], "printer jam paper"));
    }

    [Theory]
    [InlineData(400, "{\"text\":\"")]
    [InlineData(400, "null")]
    [InlineData(400, "{}")]
    [InlineData(400, """{"text":"a","texts":["b"]}""")]
    [InlineData(400, """{"text":"a","topp":3}""")]
    [InlineData(400, """{"text":"a","top":0}""")]
    [InlineData(400, """{"text":"a","text":"b"}""")]
    [InlineData(400, """{"text":"a","Text":"b"}""")]
    [InlineData(400, """{"text":"a","top":1,"top":1}""")]
    [InlineData(400, """{"text":"a","threshold":1.5}""")]
    [InlineData(400, """{"text":"a","threshold":[1]}""")]
    [InlineData(400, """{"text":"a","threshold":"\ud800"}""")]
    [InlineData(400, """{"texts":[null]}""")]
    [InlineData(400, """{"text":"\ud800"}""")]
    [InlineData(413, """{"text":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""")]
    [InlineData(413, """{"texts":["a","b","c"]}""")]
    public async Task BadRequests_AreProblems_WithoutPathsOrTypes(int expected, string body)
    {
        await using var service = await Service.StartAsync(model.Path, new ServingOptions { MaxTextLength = 50, MaxTexts = 2 });
        var (status, problem) = await service.PostAsync(Predict, body);
        Assert.Equal(expected, status);
        Assert.Equal(expected, problem.GetProperty("status").GetInt32());
        var text = problem.GetRawText();
        Assert.DoesNotContain(model.Path, text, StringComparison.Ordinal);
        Assert.DoesNotContain("LightDxml.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_ThatAreNotThere_AreProblems()
    {
        await using var service = await Service.StartAsync(model.Path);
        Assert.Equal(404, (await service.GetAsync("/v1/models/other")).Status);
        Assert.Equal(404, (await service.GetAsync("/nowhere")).Body.GetProperty("status").GetInt32());
        Assert.Equal(405, (await service.GetAsync(Predict)).Body.GetProperty("status").GetInt32());
        Assert.Equal(415, (await service.PostAsync(Predict, "text", "text/plain")).Status);
        Assert.Equal(413, (await service.PostAsync(Predict, new string(' ', 5 << 20))).Status);
    }

    [Fact]
    public async Task Answers_HaveHeadersThatKeepBrowsersSafe()
    {
        await using var service = await Service.StartAsync(model.Path);
        using var response = await service.Client.GetAsync(new Uri("/v1/models", UriKind.Relative));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Keys_AreAskedFor()
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("the key")));
        await using var service = await Service.StartAsync(model.Path, new ServingOptions { ApiKeyHashes = [hash] });
        Assert.Equal(401, (await service.GetAsync("/v1/models")).Status);
        Assert.Equal(401, (await service.GetAsync("/v1/projects")).Status);
        service.Client.DefaultRequestHeaders.Authorization = new("Bearer", "another key");
        Assert.Equal(401, (await service.GetAsync("/v1/models")).Status);
        service.Client.DefaultRequestHeaders.Authorization = new("Bearer", "the key");
        Assert.Equal(200, (await service.GetAsync("/v1/models")).Status);
    }

    [Fact]
    public async Task Stream_AnswersEachLine_BadOnesToo()
    {
        await using var service = await Service.StartAsync(model.Path);
        using var content = new StringContent("{\"text\":\"wifi router\",\"id\":\"a\"}\n\nnot json\n{\"text\":\"toner tray\"}");
        using var response = await service.Client.PostAsync(new Uri("/v1/models/tickets/stream?top=1", UriKind.Relative), content);
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal([1, 3, 4], lines.Select(line => line.GetProperty("line").GetInt32()));
        Assert.Equal("a", lines[0].GetProperty("id").GetString());
        Assert.Equal("network", lines[0].GetProperty("labels")[0].GetProperty("label").GetString());
        Assert.Equal(400, lines[1].GetProperty("error").GetProperty("status").GetInt32());
        Assert.Equal("printer", lines[2].GetProperty("labels")[0].GetProperty("label").GetString());
    }

    [Theory]
    [InlineData("""{"text":"wifi","id":17}""", """"id":17,"labels"""")]
    [InlineData("""{"text":"wifi","id":"é"}""", """"id":"é","labels"""")]
    [InlineData("""{"text":"wifi","id":null}""", """{"line":1,"labels":""")]
    [InlineData("""{"text":"wifi","id":"\ud800"}""", "id is not text")]
    [InlineData("""{"text":"wifi","\ud800":1}""", "The line is not an object")]
    [InlineData("""{"text":"\ud800"}""", "The line is not an object")]
    [InlineData("""{"text":"wifi","id":[1]}""", "id must be a string or a number.")]
    [InlineData("""{"text":"wifi","tags":["a"]}""", "an object of text and id alone: byte ")]
    [InlineData("""{"text":1}""", "at $.text.")]
    public async Task Stream_LineOfOtherMembers_IsAnsweredByWhatIsWrong_AndIdsComeBackAsTheyAre(string line, string answer)
    {
        await using var service = await Service.StartAsync(model.Path);
        using var content = new StringContent(line);
        using var response = await service.Client.PostAsync(new Uri("/v1/models/tickets/stream?top=1", UriKind.Relative), content);
        Assert.Contains(answer, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_WithAMarkOfByteOrder_AndIdsThatAreNoText_GoesOn()
    {
        await using var service = await Service.StartAsync(model.Path);
        using var content = new ByteArrayContent([.. "\uFEFF{\"text\":\"wifi router\"}\n{\"text\":\"wifi\",\"id\":\"\\ud800\"}\n{\"text\":\"wifi\",\"id\":\""u8, 0xFF, .. "\"}\n{\"text\":\"toner tray\"}"u8]);
        using var response = await service.Client.PostAsync(new Uri("/v1/models/tickets/stream?top=1", UriKind.Relative), content);
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(4, lines.Length);
        Assert.Equal("network", lines[0].GetProperty("labels")[0].GetProperty("label").GetString());
        Assert.All(lines[1..3], line => Assert.Equal(400, line.GetProperty("error").GetProperty("status").GetInt32()));
        Assert.Equal("printer", lines[3].GetProperty("labels")[0].GetProperty("label").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public async Task Stream_ThatCannotGoOn_SaysWhyAtItsEnd(string end)
    {
        await using var service = await Service.StartAsync(model.Path, new ServingOptions { MaxBodyBytes = 100 });
        using var content = new StringContent($$"""{"text":"wifi router"}""" + "\n\n" + $$"""{"text":"{{new string('a', 200)}}"}""" + end);
        using var response = await service.Client.PostAsync(new Uri("/v1/models/tickets/stream?top=1", UriKind.Relative), content);
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal([1, 3], lines.Select(line => line.GetProperty("line").GetInt32()));
        Assert.Equal("network", lines[0].GetProperty("labels")[0].GetProperty("label").GetString());
        Assert.Equal(413, lines[1].GetProperty("error").GetProperty("status").GetInt32());
        Assert.Equal(200, (await service.PostAsync(Predict, """{"text":"wifi"}""")).Status);
    }

    [Fact]
    public async Task Description_HasEveryAddress_AndNoOther()
    {
        await using var service = await Service.StartAsync(model.Path);
        var (_, description) = await service.GetAsync("/openapi/v1.json");
        var served = service.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null).Select(endpoint => endpoint.RoutePattern.RawText!);
        Assert.Equal(served.Order(StringComparer.Ordinal), description.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Health_IsAnswered()
    {
        await using var service = await Service.StartAsync(model.Path);
        Assert.Equal("Healthy", await service.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
        Assert.Equal("Healthy", await service.Client.GetStringAsync(new Uri("/health/live", UriKind.Relative)));
    }

    [Fact]
    public async Task Classifier_IsAServiceByItsName()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddLightDxml().AddModel("tickets", model.Path);
        await using var provider = services.BuildServiceProvider();
        Assert.Same(provider.GetRequiredService<ITextClassifier>(), provider.GetRequiredKeyedService<ITextClassifier>("tickets"));
        var classifier = provider.GetRequiredService<ITextClassifier>();
        string[] texts = ["wifi router cable", "zzzz qqqq"];
        Assert.Equal("network", classifier.Predict(texts[0], 1)[0].Label);
        Assert.Equal("network", classifier.Assign(texts[0])[0].Label);
        Assert.Equal(texts.Select(text => classifier.Assign(text, "per-label")), classifier.AssignMany(texts, "per-label", threads: 1));
        Assert.Equal(texts.Select(text => classifier.Predict(text, 2, 0.2f)), classifier.PredictMany(texts, 2, threads: 1, minProbability: 0.2f));
    }

    [Fact]
    public void AddLightDxml_Twice_IsAnErrorThatSaysWhatToDo()
    {
        var services = new ServiceCollection();
        services.AddLightDxml();
        Assert.Contains("add every model to what the first call gave", Assert.Throws<LightDxmlException>(() => services.AddLightDxml()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.0009)]
    [InlineData(50 * 24 * 3600)]
    [InlineData(9e11)]
    public void Times_ThatNoTimerTakes_AreErrors(double seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        Assert.Throws<OptionsException>(() => new ServingOptions { Timeout = time }.Validate());
        Assert.Throws<OptionsException>(() => new ServingOptions { WatchInterval = time }.Validate());
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(49 * 24 * 3600)]
    public void Times_ThatAreAllowed_TimersTake(double seconds)
    {
        var options = new ServingOptions { Timeout = TimeSpan.FromSeconds(seconds), WatchInterval = TimeSpan.FromSeconds(seconds) }.Validate();
        using var timeout = new CancellationTokenSource();
        timeout.CancelAfter(options.Timeout);
        using var timer = new PeriodicTimer(options.WatchInterval);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("tickets")]
    public void Names_ThatNoAddressCanHave_AndTakenOnes_AreErrors(string name)
    {
        var builder = new ServiceCollection().AddLightDxml().AddModel("tickets", model.Path);
        Assert.Throws<LightDxmlException>(() => builder.AddModel(name, model.Path));
    }
}
