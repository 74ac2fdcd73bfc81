using System.Net;
using LightDxml.Hosting.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LightDxml.Hosting;

/// <summary>The service of <c>lightdxml serve</c>. It reads no settings from the environment or the working folder.</summary>
internal static class LightDxmlServer
{
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(4);

    /// <param name="urls">Addresses to answer, separated by semicolons.</param>
    /// <param name="hosts">Hosts that requests may be for; without any, a service of this machine alone answers for its own names, and any other for all.</param>
    public static WebApplicationBuilder CreateBuilder(string urls, ServingOptions options, Action<LightDxmlBuilder> models, IReadOnlyList<string> hosts, bool jsonLog = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(LightDxmlServer).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
        });
        builder.WebHost.UseUrls(urls);
        builder.Services.AddRoutingCore();
        // A page of another site, whose name leads to this machine, is not to be answered.
        builder.Services.AddHostFiltering(filter => (filter.AllowedHosts, filter.IncludeFailureMessage) = ([.. hosts.Count > 0 ? hosts : HostsOf(urls)], false));
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTime);
        // The standard error has the log, as it has the messages of every command.
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical); // its errors are those of a start, and the caller says them
        if (jsonLog)
            builder.Logging.AddJsonConsole();
        else
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        models(builder.Services.AddLightDxml(options));
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder, bool page)
    {
        var app = builder.Build();
        app.Use(SecureHeaders.AddAsync);
        app.Use(EmptyErrors.DescribeAsync);
        app.UseHostFiltering();
        app.UseRouting();
        app.MapLightDxml();
        if (page)
            app.MapLightDxmlPage();
        return app;
    }

    /// <summary>The addresses that are answered, with the ports that the system chose.</summary>
    public static IReadOnlyList<string> Addresses(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <summary>Serves until the caller stops it or the service ends by itself; requests that are under way are answered.</summary>
    /// <returns>Whether the caller stopped it.</returns>
    public static async Task<bool> ServeAsync(WebApplication app, CancellationToken stop)
    {
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(stop, app.Lifetime.ApplicationStopping))
            await Task.Delay(Timeout.Infinite, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.StopAsync(CancellationToken.None);
        return stop.IsCancellationRequested;
    }

    private static string[] HostsOf(string urls) =>
        urls.Split(';').Select(BindingAddress.Parse).All(address => address.Host == "localhost" || IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))
            ? ["localhost", "127.0.0.1", "[::1]", .. urls.Split(';').Select(url => BindingAddress.Parse(url).Host)]
            : ["*"];

    /// <summary>The caller says when the service ends; no signal is taken here.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
