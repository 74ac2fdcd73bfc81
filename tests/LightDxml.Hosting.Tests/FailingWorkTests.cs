using System.Net.Sockets;
using System.Text;
using LightDxml.Providers;
using LightDxml.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LightDxml.Hosting.Tests;

/// <summary>Work that does not end, or fails where no request waits for it.</summary>
public sealed class FailingWorkTests(TicketModel model) : IClassFixture<TicketModel>
{
    [Fact]
    public async Task LineOfAStream_ThatTakesTooLong_IsAnsweredByAnError_AndTheStreamGoesOn()
    {
        using var held = new ManualResetEventSlim();
        ProviderCatalog.Register("onnx", () => new WordEncoderProvider(_ => new WordEncoder
        {
            Before = text =>
            {
                if (text.Contains("endless", StringComparison.Ordinal))
                    held.Wait();
            },
        }));
        using var folder = new TemporaryFolder();
        using (var slow = TextClassifier.Train(Tickets.Create(120), Tickets.Quick with { Text = Tickets.Quick.Text with { Encoder = "minilm" } }))
            slow.Save(folder["model"]);
        await using var service = await Service.StartAsync(folder["model"], new ServingOptions { Timeout = TimeSpan.FromSeconds(1) });
        using var client = new TcpClient();
        await client.ConnectAsync(service.Address.Host, service.Address.Port);
        using var reader = new StreamReader(client.GetStream());
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /v1/models/tickets/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{\"text\":\"endless\",\"id\":\"7\"}\n"));
        try
        {
            var answer = await LineAsync("{\"line\":1,");
            Assert.Contains("\"id\":\"7\"", answer, StringComparison.Ordinal);
            Assert.Contains("\"status\":503", answer, StringComparison.Ordinal);
        }
        finally
        {
            held.Set();
        }

        await client.GetStream().WriteAsync("{\"text\":\"wifi router\"}\n"u8.ToArray());
        Assert.Contains("\"labels\":", await LineAsync("{\"line\":2,"), StringComparison.Ordinal);

        async Task<string> LineAsync(string start)
        {
            for (; ; )
            {
                var line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new EndOfStreamException();
                if (line.StartsWith(start, StringComparison.Ordinal))
                    return line;
            }
        }
    }

    [Fact]
    public async Task WorkBehindTheService_ThatFails_IsLogged()
    {
        var log = new CriticalLog();
        var builder = LightDxmlServer.CreateBuilder("http://127.0.0.1:0", new ServingOptions(), models => models.AddModel("tickets", model.Path), []);
        builder.Logging.AddProvider(log);
        builder.Services.AddHostedService<FailingWork>();
        await using var app = LightDxmlServer.Build(builder, page: false);
        await app.StartAsync();
        Assert.Contains("the watch is broken", await log.Said.Task.WaitAsync(TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
        Assert.False(await LightDxmlServer.ServeAsync(app, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)), "The service ended by itself.");
    }

    private sealed class FailingWork(IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            // Before the service listens, a failure would end its start.
            var started = new TaskCompletionSource();
            using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
            await started.Task.WaitAsync(stoppingToken);
            throw new InvalidOperationException("the watch is broken");
        }
    }

    private sealed class CriticalLog : ILoggerProvider, ILogger
    {
        public TaskCompletionSource<string> Said { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Critical;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // Others that log may want it.
            if (IsEnabled(logLevel))
                Said.TrySetResult($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
