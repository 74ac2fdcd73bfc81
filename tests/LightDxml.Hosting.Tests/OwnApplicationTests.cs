using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using LightDxml.Hosting.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LightDxml.Hosting.Tests;

/// <summary>Models in an application of somebody else: nothing but <c>AddLightDxml</c> and <c>MapLightDxml</c>.</summary>
public sealed class OwnApplicationTests(TicketModel model) : IClassFixture<TicketModel>
{
    [Theory]
    [InlineData("GET", "/v1/models/other", 404)]
    [InlineData("GET", "/v1/models/tickets/no/such", 404)]
    [InlineData("POST", "/v1/projects/tickets/nothing", 404)]
    [InlineData("GET", "/v1/models/tickets/predict", 405)]
    [InlineData("DELETE", "/v1/projects/tickets", 405)]
    [InlineData("OPTIONS", "/v1/models", 405)]
    [InlineData("POST", "/v1/models/tickets/predict", 415)]
    public async Task Errors_AreProblems_WithSafeHeaders(string method, string path, int expected)
    {
        await using var app = await StartAsync();
        using var client = ClientOf(app);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using var response = await client.SendAsync(request);
        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        string[] allowed = expected != 405 ? [] : path.EndsWith("predict", StringComparison.Ordinal) ? ["POST"] : ["GET", "HEAD"];
        Assert.Equal(allowed, response.Content.Headers.Allow.Order());
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/v1/models")]
    [InlineData("/v1/projects/tickets")]
    [InlineData("/openapi/v1.json")]
    public async Task Head_IsAnsweredLikeGet_WithoutABody(string path)
    {
        await using var app = await StartAsync();
        using var client = ClientOf(app);
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(path, UriKind.Relative));
        using var response = await client.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task MapLightDxml_WithoutAddLightDxml_IsAnErrorThatSaysWhatToCall()
    {
        await using var app = WebApplication.CreateBuilder().Build();
        Assert.Contains("call AddLightDxml", Assert.Throws<LightDxmlException>(() => app.MapLightDxml()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnAddresses_StayTheApplications()
    {
        await using var app = await StartAsync();
        using var client = ClientOf(app);
        Assert.Equal("mine", await client.GetStringAsync(new Uri("/", UriKind.Relative)));
        using var nowhere = await client.GetAsync(new Uri("/nowhere", UriKind.Relative));
        Assert.Equal(404, (int)nowhere.StatusCode);
        Assert.False(nowhere.Headers.Contains("X-Content-Type-Options"));
    }

    [Fact]
    public async Task Metrics_CountRequestsDocumentsAndReloads()
    {
        var seen = new List<(string Name, double Value, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener();
        await using var app = await StartAsync(options: new ServingOptions { MaxBodyBytes = 100 });
        var factory = app.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Name == ServiceMetrics.Name && ReferenceEquals(instrument.Meter.Scope, factory))
                to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        using var client = ClientOf(app);
        await PostAsync(client, "/v1/models/tickets/predict", """{"texts":["wifi","paper"]}""");
        await PostAsync(client, "/v1/models/tickets/predict", "{");
        await PostAsync(client, "/v1/models/unheard-of/predict", "{}");
        await PostAsync(client, "/v1/models/tickets/stream", "{\"text\":\"wifi\"}\n" + new string('a', 200));
        File.SetLastWriteTimeUtc(Path.Combine(model.Path, "config.json"), DateTime.UtcNow.AddMinutes(1));
        Assert.True(app.Services.GetRequiredService<ServedModels>().Get("tickets")!.Refresh());
        for (var attempt = 0; attempt < 100 && Requests().Length < 4; attempt++)
            await Task.Delay(20);
        listener.RecordObservableInstruments();

        Assert.Equal([("tickets", 200), ("tickets", 400), ("", 404), ("tickets", 413)], Requests());
        Assert.Equal([2, 1], seen.Where(one => one.Name == "lightdxml.request.documents").Select(one => one.Value));
        Assert.Equal(1, Assert.Single(seen, one => one.Name == "lightdxml.model.reloads").Value);
        Assert.Equal(0, Assert.Single(seen, one => one.Name == "lightdxml.model.refusals").Value);
        Assert.InRange(Assert.Single(seen, one => one.Name == "lightdxml.model.age").Value, 0, 60);
        Assert.Equal(0, Assert.Single(seen, one => one.Name == "lightdxml.requests.active").Value);
        Assert.Equal(0, Assert.Single(seen, one => one.Name == "lightdxml.requests.waiting").Value);

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (seen)
                seen.Add((instrument.Name, value, new Dictionary<string, object?>(tags.ToArray())));
        }

        (string, int)[] Requests()
        {
            lock (seen)
                return [.. seen.Where(one => one.Name == "lightdxml.request.duration").Select(one => ((string)one.Tags["model"]!, (int)one.Tags["status"]!))];
        }
    }

    [Fact]
    public async Task Traces_HaveASpanForEachRequest()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ServiceMetrics.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (spans)
                    spans.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var app = await StartAsync("traced");
        using var client = ClientOf(app);
        await PostAsync(client, "/v1/models/traced/explain", """{"text":"wifi"}""");
        for (var attempt = 0; attempt < 100 && Found() is null; attempt++)
            await Task.Delay(20);
        Assert.Equal("explain", Found()?.OperationName);

        Activity? Found()
        {
            lock (spans)
                return spans.Find(span => span.GetTagItem("lightdxml.model") is "traced");
        }
    }

    [Fact]
    public void Explanation_CanBeCancelled()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddLightDxml().AddModel("tickets", model.Path);
        using var provider = services.BuildServiceProvider();
        using var lease = provider.GetRequiredService<ServedModels>().Get("tickets")!.Rent();
        var predicted = lease.Version.Predict(["paper jam printer"], new Asked(3, null, null), CancellationToken.None)[0];
        Assert.NotEmpty(lease.Version.Explain(predicted, 3, CancellationToken.None)[0]);
        Assert.Throws<OperationCanceledException>(() => lease.Version.Explain(predicted, 3, new CancellationToken(canceled: true)));
    }

    private async Task<WebApplication> StartAsync(string name = "tickets", ServingOptions? options = null)
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.AddLightDxml(options).AddModel(name, model.Path);
        var app = builder.Build();
        app.MapGet("/", () => "mine");
        app.MapLightDxml();
        await app.StartAsync();
        return app;
    }

    private static HttpClient ClientOf(WebApplication app) => new() { BaseAddress = new Uri(app.Urls.Single()) };

    private static async Task PostAsync(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
    }
}
