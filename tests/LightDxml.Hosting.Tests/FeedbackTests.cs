using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Deque.AxeCore.Playwright;
using LightDxml.Hosting.Feedback;
using LightDxml.Hosting.Http;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using static Microsoft.Playwright.Assertions;

namespace LightDxml.Hosting.Tests;

/// <summary>What people say of labels is kept where that is wanted, and comes back as training data.</summary>
public sealed class FeedbackTests(TicketModel model, Browser browser) : IClassFixture<TicketModel>, IClassFixture<Browser>, IDisposable
{
    private const string Feedback = "/v1/models/tickets/feedback";

    private readonly TemporaryFolder _folder = new();

    private ServingOptions Options => new() { FeedbackPath = _folder["feedback.db"] };

    [Fact]
    public async Task Feedback_ComesBack_AsTrainingReadsIt_AlsoFromTheNextService()
    {
        await using (var service = await Service.StartAsync(model.Path, Options))
        {
            await SayAsync(service, """{"text":"wifi \u0000 \n\"router\" 😀","accepted":["network","a new label"],"rejected":["phone"]}""");
            await SayAsync(service, """{"text":"only wrong","rejected":["phone"]}""");
            await SayAsync(service, """{"text":"toner","accepted":["network"]}""");
            await SayAsync(service, """{"text":"toner","accepted":["printer"],"rejected":["network"]}""");
            Assert.True((await service.GetAsync("/v1/models/tickets")).Body.GetProperty("feedback").GetBoolean());
        }

        await using var next = await Service.StartAsync(models => models.AddModel("tickets", model.Path).AddModel("other", model.Path), Options);
        await SayAsync(next, """{"text":"mute","accepted":["phone"]}""");
        Assert.Equal("", await next.Client.GetStringAsync(new Uri("/v1/models/other/feedback.jsonl", UriKind.Relative)));
        var lines = await next.Client.GetStringAsync(new Uri(Feedback + ".jsonl", UriKind.Relative));
        var path = _folder["feedback.jsonl"];
        await File.WriteAllTextAsync(path, lines);
        var documents = TextFile.Read(path).ToArray();
        Assert.Equal(["wifi \0 \n\"router\" 😀", "toner", "mute"], documents.Select(document => document.Text));
        Assert.Equal(["a new label,network", "printer", "phone"], documents.Select(document => string.Join(',', document.Labels)));
        Assert.Equal("network", JsonDocument.Parse(lines.Split('\n')[1]).RootElement.GetProperty("rejected")[0].GetString());
    }

    [Fact]
    public async Task Labels_AreKept_AsTrainingSpellsThem_AndByTheirIds()
    {
        var path = _folder["named"];
        using (var stored = ModelStore.Open(model.Path))
            ModelStore.Save([stored.Members[0] with { LabelIds = ["1", "2", "3", "4"], LabelNames = ["café", "twin", "twin", "third"] }], path);
        await using var service = await Service.StartAsync(path, Options);
        await SayAsync(service, """{"text":"wifi","accepted":[" 1","cafe\u0301"],"rejected":["third","twin","new\u200b"]}""");
        var line = JsonDocument.Parse(await service.Client.GetStringAsync(new Uri(Feedback + ".jsonl", UriKind.Relative))).RootElement;
        Assert.Equal(["1"], line.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!));
        Assert.Equal(["4", "new", "twin"], line.GetProperty("rejected").EnumerateArray().Select(label => label.GetString()!));
    }

    [Fact]
    public async Task NamesOfALabelsFile_InAnyLanguage_AreKeptByTheirIds()
    {
        var names = _folder.Write("names.jsonl", """
            {"id":"printer","names":{"en":"Printing machine","de":"Drucker"}}
            {"id":"network","names":{"en":"Network devices","de":"shared"}}
            {"id":"phone","names":{"en":"network","de":"shared"}}
            {"id":"scanner","names":{"en":"Scanners","de":"Leser"}}
            """);
        await using var service = await Service.StartAsync(models => models.AddModel("tickets", model.Path, labelNames: names), Options);
        await SayAsync(service, """{"text":"wifi","accepted":["Drucker","Leser"],"rejected":["network","shared"]}""");
        var line = JsonDocument.Parse(await service.Client.GetStringAsync(new Uri(Feedback + ".jsonl", UriKind.Relative))).RootElement;

        // An id is no name of another label, a label may be new to the model, and of a name that two labels share nobody knows which is meant.
        Assert.Equal(["printer", "scanner"], line.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!));
        Assert.Equal(["network", "shared"], line.GetProperty("rejected").EnumerateArray().Select(label => label.GetString()!));
    }

    [Fact]
    public async Task Texts_AreAllGiven_HoweverManyThereAre()
    {
        using var store = new FeedbackStore(_folder["many.db"], 1 << 24);
        for (var i = 0; i < 250; i++)
            Assert.True(store.Add("tickets", $"text {i}", i % 3 == 0 ? [] : ["a"], ["b"]));
        store.Dispose();
        await using var service = await Service.StartAsync(model.Path, Options with { FeedbackPath = _folder["many.db"] });
        var lines = (await service.Client.GetStringAsync(new Uri(Feedback + ".jsonl", UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, 250).Where(i => i % 3 != 0).Select(i => $"text {i}"), lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task LongTexts_AreReadAFewAtATime()
    {
        var path = _folder["long.db"];
        using (var store = new FeedbackStore(path, 1 << 24))
        {
            for (var i = 0; i < 5; i++)
                Assert.True(store.Add("tickets", new string((char)('a' + i), 50_000), ["b", "a"], ["c"]));
            Assert.Single(store.Read("tickets", 0, 100, 40_000));
            var two = store.Read("tickets", 1, 100, 100_000);
            Assert.Equal([2, 3], two.Select(text => text.Id));
            Assert.Equal("a,b", string.Join(',', two[1].Accepted));
            Assert.Equal("c", Assert.Single(two[1].Rejected));
            Assert.Equal(3, store.Read("tickets", 0, 3, int.MaxValue).Count);
        }

        await using var service = await Service.StartAsync(model.Path, Options with { FeedbackPath = path });
        var lines = (await service.Client.GetStringAsync(new Uri(Feedback + ".jsonl", UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("abcde", string.Concat(lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()![0])));
    }

    [Theory]
    [InlineData(FeedbackStore.Documents)]
    [InlineData(FeedbackStore.Judgements)]
    public void Reading_SortsNothing(string query)
    {
        var path = _folder["plan.db"];
        new FeedbackStore(path, 1 << 20).Dispose();
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + query;
        foreach (var name in (string[])["$model", "$after", "$most", "$document"])
            command.Parameters.AddWithValue(name, 1);
        using var reader = command.ExecuteReader();
        var plan = new List<string>();
        while (reader.Read())
            plan.Add(reader.GetString(3));
        Assert.Contains(plan, step => step.Contains("PRIMARY KEY", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FeedbackIsGiven_InTurnWithOtherRequests()
    {
        await using var service = await Service.StartAsync(model.Path, Options with { MaxConcurrent = 1, MaxWaiting = 0 });
        await SayAsync(service, """{"text":"a","accepted":["b"]}""");
        using var enough = new SemaphoreSlim(0);
        var started = new TaskCompletionSource();
        var work = service.App.Services.GetRequiredService<RequestGate>().WorkAsync(new DefaultHttpContext(), cancellation =>
        {
            started.SetResult();
            return enough.WaitAsync(TimeSpan.FromSeconds(30), cancellation);
        });
        await started.Task;
        var lines = service.Client.GetStringAsync(new Uri(Feedback + ".jsonl", UriKind.Relative));
        await Task.Delay(200);
        Assert.False(lines.IsCompleted);
        enough.Release();
        Assert.True(await work);
        Assert.Contains("\"text\":\"a\"", await lines, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, """{"text":"a"}""")]
    [InlineData(400, """{"accepted":["a"]}""")]
    [InlineData(400, """{"text":" ","accepted":["a"]}""")]
    [InlineData(400, """{"text":"a","accepted":["a"],"rejected":["a"]}""")]
    [InlineData(400, """{"text":"a","accepted":[""]}""")]
    [InlineData(400, """{"text":"a","accepted":[null]}""")]
    [InlineData(400, """{"text":"a","accepted":["a\nb"]}""")]
    [InlineData(400, """{"text":"a","accepted":["\u200b"]}""")]
    [InlineData(400, """{"text":"a","accepted":["caf\u00e9"],"rejected":["cafe\u0301 "]}""")]
    [InlineData(400, """{"text":"a","accepted":["1","2","3","4","5","6"]}""")]
    [InlineData(400, """{"text":"a","accept":["a"]}""")]
    [InlineData(400, """{"text":"a","accepted":["a"],"accepted":["b"]}""")]
    public async Task BadFeedback_IsAProblem_AndNothingIsKept(int expected, string body)
    {
        await using var service = await Service.StartAsync(model.Path, Options with { MaxTop = 5 });
        var (status, problem) = await service.PostAsync(Feedback, body);
        Assert.Equal(expected, status);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.Equal("", await service.Client.GetStringAsync(new Uri(Feedback + ".jsonl", UriKind.Relative)));
    }

    [Fact]
    public async Task WithoutAFile_NothingIsKept()
    {
        await using var service = await Service.StartAsync(model.Path);
        Assert.Equal(404, (await service.PostAsync(Feedback, """{"text":"a","accepted":["b"]}""")).Status);
        Assert.Equal(404, (await service.GetAsync(Feedback + ".jsonl")).Status);
        Assert.False((await service.GetAsync("/v1/models/tickets")).Body.GetProperty("feedback").GetBoolean());
    }

    [Fact]
    public async Task FullFile_TakesNoMore_AndStaysWhole()
    {
        await using var service = await Service.StartAsync(model.Path, Options with { MaxFeedbackBytes = 1 << 18 });
        var statuses = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            using var content = new StringContent(JsonSerializer.Serialize(new { text = new string((char)('a' + i), 50_000), accepted = new[] { "long" } }), Encoding.UTF8, "application/json");
            using var response = await service.Client.PostAsync(new Uri(Feedback, UriKind.Relative), content);
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal(204, statuses[0]);
        Assert.Equal(507, statuses[^1]);
        var lines = (await service.Client.GetStringAsync(new Uri(Feedback + ".jsonl", UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(statuses.Count(status => status == 204), lines.Length);
    }

    [Fact]
    public async Task Keys_AreAskedFor()
    {
        var hash = Convert.ToHexString(SHA256.HashData("the key"u8));
        await using var service = await Service.StartAsync(model.Path, Options with { ApiKeyHashes = [hash] });
        Assert.Equal(401, (await service.PostAsync(Feedback, """{"text":"a","accepted":["b"]}""")).Status);
        Assert.Equal(401, (await service.GetAsync(Feedback + ".jsonl")).Status);
        service.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "the key");
        await SayAsync(service, """{"text":"a","accepted":["b"]}""");
    }

    [Theory]
    [InlineData("a line of text\n", "is not a file of feedback")]
    [InlineData(null, "cannot be used for feedback")]
    public void File_OfSomethingElse_IsAStatedError_AndStaysAsItIs(string? content, string fault)
    {
        var path = content is null ? _folder["no-such-folder/feedback.db"] : _folder.Write("notes.txt", string.Concat(Enumerable.Repeat(content, 200)));
        var error = Assert.Throws<LightDxmlException>(() => new FeedbackStore(path, 1 << 20));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        if (content is not null)
            Assert.StartsWith(content, File.ReadAllText(path), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Page_AsksWhetherALabelIsRight_AndKeepsTheAnswer()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var service = await Service.StartAsync(model.Path, Options);
        await using var open = await browser.OpenAsync(service: service);
        await Expect(open.Page.Locator("#count")).ToContainTextAsync("kept only where you say");
        await open.WriteAsync("toner paper jam");
        await open.Page.Locator("ol button.row").First.ClickAsync();
        var right = open.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Right", Exact = true });
        await right.ClickAsync();
        await Expect(right).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(open.Page.Locator("#status")).ToHaveTextAsync("Kept, with the text.");
        var violations = (await open.Page.RunAxe()).Violations;
        Assert.Empty(violations.Select(violation => violation.Id));
        var line = JsonDocument.Parse(await service.Client.GetStringAsync(new Uri(Feedback + ".jsonl", UriKind.Relative))).RootElement;
        Assert.Equal(("toner paper jam", "printer"), (line.GetProperty("text").GetString(), line.GetProperty("labels")[0].GetString()));
        await open.WriteAsync("toner paper jam again");
        await Expect(right).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.Empty(open.Complaints);
    }

    [SkippableFact]
    public async Task Page_WithoutFeedback_AsksNothing()
    {
        Skip.If(Chromium.IsMissing, Chromium.Reason);
        await using var open = await browser.OpenAsync();
        await open.WriteAsync("toner paper jam");
        await open.Page.Locator("ol button.row").First.ClickAsync();
        await Expect(open.Page.Locator(".judge")).ToHaveCountAsync(0);
        await Expect(open.Page.Locator("#count")).Not.ToContainTextAsync("kept only");
    }

    public void Dispose() => _folder.Dispose();

    private static async Task SayAsync(Service service, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await service.Client.PostAsync(new Uri(Feedback, UriKind.Relative), content);
        Assert.Equal(204, (int)response.StatusCode);
    }
}
