using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LightDxml.Hosting.Http;

/// <summary>What belongs to the service as a whole: its health and the description of its API.</summary>
internal static class ServiceApi
{
    public static string Version { get; } = typeof(ServiceApi).Assembly.GetName().Version?.ToString(3) ?? "";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        endpoints.MapHealthChecks("/health/ready");
        var description = Resource("openapi.json", "application/json");
        endpoints.MapGet("/openapi/v1.json", description);
        endpoints.MapMethods("/openapi/v1.json", [HttpMethods.Head], description).ExcludeFromDescription();
    }

    /// <summary>A handler that answers with a file of this assembly.</summary>
    public static RequestDelegate Resource(string name, string contentType)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return context =>
        {
            SecureHeaders.Add(context.Response.Headers);
            context.Response.ContentType = contentType;
            context.Response.ContentLength = content.Length;
            return context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
        };
    }
}
