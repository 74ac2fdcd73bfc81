namespace LightDxml.Hosting.Tests;

/// <summary>The requests of Annif's clients.</summary>
public sealed class AnnifApiTests(TicketModel model) : IClassFixture<TicketModel>
{
    private const string Form = "application/x-www-form-urlencoded";

    [Fact]
    public async Task Projects_AreTheModels()
    {
        await using var service = await Service.StartAsync(model.Path);
        Assert.True((await service.GetAsync("/v1/")).Body.TryGetProperty("version", out _));
        Assert.Equal("tickets", (await service.GetAsync("/v1/projects")).Body.GetProperty("projects")[0].GetProperty("project_id").GetString());
        var (_, project) = await service.GetAsync("/v1/projects/tickets");
        Assert.Equal("lightdxml", project.GetProperty("backend").GetProperty("backend_id").GetString());
        Assert.True(project.GetProperty("is_trained").GetBoolean());
        Assert.Equal(4, (await service.GetAsync("/v1/vocabs")).Body.GetProperty("vocabs")[0].GetProperty("size").GetInt32());
    }

    [Theory]
    [InlineData("text=wifi+router", 4)]
    [InlineData("text=wifi+router&limit=2", 2)]
    [InlineData("text=wifi+router&limit=0", 0)]
    [InlineData("text=wifi&limit=1", 1, Form + "; charset=UTF-8")]
    [InlineData("text=", 0)]
    [InlineData("text=zzz+yyy", 0)]
    [InlineData("text=wifi+router+cable&limit=10&threshold=0.5&language=en&metadata_title=x", 1)]
    public async Task Suggest_TakesAForm(string form, int count, string type = Form)
    {
        await using var service = await Service.StartAsync(model.Path);
        var (status, body) = await service.PostAsync("/v1/projects/tickets/suggest", form, type);
        Assert.Equal(200, status);
        var results = body.GetProperty("results");
        Assert.Equal(count, results.GetArrayLength());
        if (count > 0)
            Assert.Equal("network", results[0].GetProperty("uri").GetString());
    }

    [Fact]
    public async Task Suggest_WithoutALimit_GivesNoMoreThanMayBeAsked()
    {
        await using var service = await Service.StartAsync(model.Path, new ServingOptions { MaxTop = 3 });
        var (status, body) = await service.PostAsync("/v1/projects/tickets/suggest", "text=wifi", Form);
        Assert.Equal((200, 3), (status, body.GetProperty("results").GetArrayLength()));
    }

    [Fact]
    public async Task SuggestBatch_KeepsIds()
    {
        await using var service = await Service.StartAsync(model.Path);
        var (status, body) = await service.PostAsync("/v1/projects/tickets/suggest-batch?limit=1", """{"documents":[{"text":"toner tray","document_id":"d1"},{"text":"voice headset","metadata":{"a":"b"}}]}""");
        Assert.Equal(200, status);
        Assert.Equal("d1", body[0].GetProperty("document_id").GetString());
        Assert.Equal("phone", body[1].GetProperty("results")[0].GetProperty("label").GetString());
    }

    [Theory]
    [InlineData(404, "/v1/projects/other/suggest", "text=a", Form)]
    [InlineData(400, "/v1/projects/tickets/suggest", "limit=3", Form)]
    [InlineData(400, "/v1/projects/tickets/suggest", "text=a&limit=-1", Form)]
    [InlineData(400, "/v1/projects/tickets/suggest", "text=a&text=b", Form)]
    [InlineData(400, "/v1/projects/tickets/suggest", "text=a&threshold=2", Form)]
    [InlineData(415, "/v1/projects/tickets/suggest", "{}", "application/json")]
    [InlineData(415, "/v1/projects/tickets/suggest", "--a\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nwifi", "multipart/form-data; boundary=a")]
    [InlineData(415, "/v1/projects/tickets/suggest", "text=a", "multipart/form-data")]
    [InlineData(400, "/v1/projects/tickets/suggest-batch", "{}", "application/json")]
    [InlineData(400, "/v1/projects/tickets/suggest-batch", """{"documents":[{"text":"a","text":"b"}]}""", "application/json")]
    [InlineData(403, "/v1/projects/tickets/learn", "[]", "application/json")]
    [InlineData(501, "/v1/detect-language", "{}", "application/json")]
    public async Task WhatCannotBeAnswered_IsAProblem(int expected, string path, string body, string type)
    {
        await using var service = await Service.StartAsync(model.Path);
        var (status, problem) = await service.PostAsync(path, body, type);
        Assert.Equal(expected, status);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    [Theory]
    [InlineData(32, 256)]
    [InlineData(2, 2)]
    public async Task SuggestBatch_OfMoreDocumentsThanAnnifOrTheServiceTakes_IsRefused(int most, int maxTexts)
    {
        await using var service = await Service.StartAsync(model.Path, new ServingOptions { MaxTexts = maxTexts });
        Assert.Equal(200, await StatusAsync(most));
        Assert.Equal(400, await StatusAsync(most + 1));

        async Task<int> StatusAsync(int count)
        {
            var documents = string.Join(',', Enumerable.Repeat("""{"text":"a"}""", count));
            return (await service.PostAsync("/v1/projects/tickets/suggest-batch", $$"""{"documents":[{{documents}}]}""")).Status;
        }
    }
}
