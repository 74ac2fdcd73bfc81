using System.Globalization;
using System.Net.Sockets;
using System.Text;
using LightDxml.Hosting.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LightDxml.Hosting.Tests;

/// <summary>Requests that no honest client sends: none ends the service, and none is answered as if it were right.</summary>
public sealed class HostileRequestTests(TicketModel model) : IClassFixture<TicketModel>
{
    private static readonly int Requests = int.Parse(Environment.GetEnvironmentVariable("LIGHTDXML_FUZZ_REQUESTS") ?? "10000", CultureInfo.InvariantCulture);
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("LIGHTDXML_FUZZ_SEED") ?? "20", CultureInfo.InvariantCulture);
    private const string Valid = """{"text":"wifi router cable","top":2,"threshold":0.1}""";

    private static readonly string[] Paths = ["/v1/models/tickets/predict", "/v1/models/tickets/explain", "/v1/projects/tickets/suggest-batch"];

    [Fact]
    public async Task DamagedBodies_AreAnsweredByProblems_AndHarmNobody()
    {
        await using var service = await Service.StartAsync(model.Path);
        var random = new Random(Seed);
        var bodies = Enumerable.Range(0, Requests).Select(i => (Path: Paths[i % Paths.Length], Body: Damaged(random))).ToArray();
        var statuses = new int[Requests];
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, stop) =>
        {
            using var content = new ByteArrayContent(bodies[i].Body);
            content.Headers.ContentType = new("application/json");
            using var response = await service.Client.PostAsync(new Uri(bodies[i].Path, UriKind.Relative), content, stop);
            statuses[i] = (int)response.StatusCode;
            if (statuses[i] != 200)
                Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        });

        Assert.All(statuses, status => Assert.Contains(status, new[] { 200, 400, 413, 422 }));
        Assert.True(statuses.Count(status => status == 400) > Requests / 2);
        Assert.Equal(200, (await service.PostAsync(Paths[0], Valid)).Status);
    }

    [Theory]
    [InlineData("POST /v1/models/tickets/predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"text\":")]
    [InlineData("GET /v1/models HTTP/1.1\r\nHost:")]
    [InlineData("NONSENSE\r\n\r\n")]
    [InlineData("POST /v1/models/tickets/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\n{")]
    public async Task HalfRequests_HarmNobody(string half)
    {
        await using var service = await Service.StartAsync(model.Path);
        var sockets = new List<TcpClient>();
        for (var i = 0; i < 50; i++)
        {
            var socket = new TcpClient();
            await socket.ConnectAsync(service.Address.Host, service.Address.Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(half));
            sockets.Add(socket);
        }

        Assert.Equal(200, (await service.GetAsync("/v1/models")).Status);
        sockets.ForEach(socket => socket.Dispose());
        Assert.Equal(200, (await service.PostAsync(Paths[0], Valid)).Status);
    }

    [Fact]
    public async Task MoreRequestsThanThereArePlaces_AreAskedToComeAgain()
    {
        await using var service = await Service.StartAsync(model.Path, new ServingOptions { MaxConcurrent = 1, MaxWaiting = 0 });
        var gate = service.App.Services.GetRequiredService<RequestGate>();
        using var enough = new SemaphoreSlim(0);
        var work = Task.Run(() => gate.WorkAsync(new DefaultHttpContext(), cancellation => enough.WaitAsync(TimeSpan.FromSeconds(30), cancellation)));
        HttpResponseMessage? response = null;
        for (var attempt = 0; attempt < 100 && response?.StatusCode != System.Net.HttpStatusCode.TooManyRequests; attempt++)
        {
            response?.Dispose();
            await Task.Delay(20);
            using var content = new StringContent(Valid, Encoding.UTF8, "application/json");
            response = await service.Client.PostAsync(new Uri(Paths[0], UriKind.Relative), content);
        }

        Assert.Equal(429, (int)response!.StatusCode);
        Assert.Equal("1", response.Headers.GetValues("Retry-After").Single());
        response.Dispose();
        Assert.Equal(200, (await service.GetAsync("/v1/models")).Status);
        enough.Release();
        Assert.True(await work);
        Assert.Equal(200, (await service.PostAsync(Paths[0], Valid)).Status);
    }

    [Theory]
    [InlineData("POST /v1/models/tickets/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{")]
    [InlineData("POST /v1/models/tickets/predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")]
    [InlineData("POST /v1/projects/tickets/suggest HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ntext=")]
    public async Task ClientsThatSendSlowly_TakeNoPlace(string begun)
    {
        await using var service = await Service.StartAsync(model.Path, new ServingOptions { MaxConcurrent = 1, MaxWaiting = 0 });
        using var slow = new TcpClient();
        await slow.ConnectAsync(service.Address.Host, service.Address.Port);
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes(begun));
        for (var request = 0; request < 20; request++)
        {
            await Task.Delay(10);
            Assert.Equal(200, (await service.PostAsync(Paths[0], Valid)).Status);
        }
    }

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("127.0.0.1.evil.example:8080", 400)]
    [InlineData("localhost.", 400)]
    [InlineData("localhost", 200)]
    [InlineData("[::1]:9999", 200)]
    public async Task Hosts_ThatAreNotThisMachine_AreRefused(string host, int expected)
    {
        await using var service = await Service.StartAsync(model.Path);
        service.Client.DefaultRequestHeaders.Host = host;
        Assert.Equal(expected, (await service.GetAsync("/v1/models")).Status);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0", "labels.example", "labels.example", 200)]
    [InlineData("http://127.0.0.1:0", "labels.example", "localhost", 400)]
    [InlineData("http://0.0.0.0:0", null, "any.example", 200)]
    public async Task Hosts_MayBeNamed(string urls, string? hosts, string host, int expected)
    {
        await using var app = LightDxmlServer.Build(
            LightDxmlServer.CreateBuilder(urls, new ServingOptions(), models => models.AddModel("tickets", model.Path), hosts is null ? [] : [hosts]), page: false);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{new Uri(LightDxmlServer.Addresses(app)[0]).Port}") };
        client.DefaultRequestHeaders.Host = host;
        using var response = await client.GetAsync(new Uri("/v1/models", UriKind.Relative));
        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Fact]
    public async Task StreamWithoutLines_IsEndedInTime()
    {
        await using var service = await Service.StartAsync(model.Path, new ServingOptions { Timeout = TimeSpan.FromMilliseconds(300) });
        using var slow = new TcpClient();
        await slow.ConnectAsync(service.Address.Host, service.Address.Port);
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /v1/models/tickets/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{"));
        using var reader = new StreamReader(slow.GetStream());
        Assert.Contains("408", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamWhoseNextLineDoesNotCome_SaysSoAtItsEnd()
    {
        await using var service = await Service.StartAsync(model.Path, new ServingOptions { Timeout = TimeSpan.FromMilliseconds(300) });
        using var slow = new TcpClient();
        await slow.ConnectAsync(service.Address.Host, service.Address.Port);
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /v1/models/tickets/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{\"text\":\"wifi\"}\n"));
        using var reader = new StreamReader(slow.GetStream());
        var (answer, end) = (await LineAsync("{\"line\":1,"), await LineAsync("{\"line\":2,"));
        Assert.Contains("\"labels\":", answer, StringComparison.Ordinal);
        Assert.Contains("\"status\":408", end, StringComparison.Ordinal);

        async Task<string> LineAsync(string start)
        {
            for (; ; )
            {
                var line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)) ?? throw new EndOfStreamException();
                if (line.StartsWith(start, StringComparison.Ordinal))
                    return line;
            }
        }
    }

    /// <summary>A right body with some bytes lost, added or changed; some are right all the same.</summary>
    private static byte[] Damaged(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Valid).ToList();
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var place = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes.RemoveAt(place);
                    break;
                case 1:
                    bytes.Insert(place, (byte)random.Next(256));
                    break;
                case 2:
                    bytes[place] = (byte)random.Next(256);
                    break;
                default:
                    bytes.RemoveRange(place, Math.Min(bytes.Count - place, random.Next(20)));
                    break;
            }

            if (bytes.Count == 0)
                bytes.Add((byte)'{');
        }

        return [.. bytes];
    }
}
