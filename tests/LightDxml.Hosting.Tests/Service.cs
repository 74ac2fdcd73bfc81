using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LightDxml.TestKit;
using Microsoft.AspNetCore.Builder;

namespace LightDxml.Hosting.Tests;

/// <summary>A trained model, trained once for the tests of a class.</summary>
public sealed class TicketModel : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TicketModel()
    {
        using var model = TextClassifier.Train(Tickets.Create(200), Tickets.Quick);
        Path = _folder["model"];
        model.Save(Path);
    }

    public string Path { get; }

    public void Dispose() => _folder.Dispose();
}

/// <summary>A running service on a port of its own, and a client.</summary>
internal sealed class Service : IAsyncDisposable
{
    private Service(WebApplication app)
    {
        App = app;
        Address = new Uri(LightDxmlServer.Addresses(app)[0]);
        Client = new HttpClient { BaseAddress = Address };
    }

    public WebApplication App { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public static Task<Service> StartAsync(string model, ServingOptions? options = null, bool watch = false) =>
        StartAsync(models => models.AddModel("tickets", model, watch), options);

    public static async Task<Service> StartAsync(Action<LightDxmlBuilder> models, ServingOptions? options = null, bool page = true)
    {
        var app = LightDxmlServer.Build(LightDxmlServer.CreateBuilder("http://127.0.0.1:0", options ?? new ServingOptions(), models, hosts: []), page);
        await app.StartAsync();
        return new Service(app);
    }

    public async Task<(int Status, JsonElement Body)> PostAsync(string path, string body, string type = "application/json")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };

        // The service answers a body that is too large without reading it: a client that sends it all the same may find the connection closed.
        request.Headers.ExpectContinue = body.Length > 1 << 20;
        using var response = await Client.SendAsync(request);
        return await ReadAsync(response);
    }

    public async Task<(int Status, JsonElement Body)> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync(response);
    }

    public static async Task<(int Status, JsonElement Body)> ReadAsync(HttpResponseMessage response)
    {
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return ((int)response.StatusCode, json.RootElement.Clone());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}
