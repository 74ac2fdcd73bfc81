using LightDxml.Hosting;
using LightDxml.Hosting.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LightDxml.Cli.Commands;

/// <summary>What <c>serve</c> tells of itself, by OpenTelemetry: figures that Prometheus fetches, and traces that are sent to a collector.</summary>
internal static class ServeTelemetry
{
    private static readonly string[] Meters = [ServiceMetrics.Name, "System.Runtime"];

    private static readonly string[] Sources = [ServiceMetrics.Name, "Microsoft.AspNetCore"];

    /// <param name="traces">Where traces are sent, by OTLP over HTTP; null sends none.</param>
    public static void Add(IServiceCollection services, bool metrics, Uri? traces)
    {
        if (!metrics && traces is null)
            return;
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("lightdxml"));
        if (metrics)
            telemetry.WithMetrics(meters => meters.AddMeter(Meters).AddPrometheusExporter());
        if (traces is not null)
        {
            telemetry.WithTracing(tracing => tracing.AddSource(Sources).AddOtlpExporter(exporter =>
                (exporter.Endpoint, exporter.Protocol) = (traces, OtlpExportProtocol.HttpProtobuf)));
        }
    }

    /// <summary>Adds <c>/metrics</c>, which needs a key where the service does.</summary>
    public static void MapMetrics(WebApplication app)
    {
        var endpoints = (IEndpointRouteBuilder)app;
        var scraping = endpoints.CreateApplicationBuilder().UseOpenTelemetryPrometheusScrapingEndpoint().Build();
        endpoints.MapFile("/metrics", app.Services.GetRequiredService<RequestGate>().Open(scraping));
    }
}
