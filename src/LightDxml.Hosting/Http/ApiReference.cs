using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace LightDxml.Hosting.Http;

/// <summary>The description of the API to read and to try, by Scalar: its script is in the package, and its page may ask this service alone.</summary>
internal static class ApiReference
{
    /// <summary>As <see cref="SecureHeaders"/> has it, but for styles: Scalar writes its own into the page.</summary>
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var page = ServiceApi.Resource("reference.html", "text/html; charset=utf-8");
        endpoints.MapFile("/reference", context =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.ContentSecurityPolicy = Policy;
                return Task.CompletedTask;
            });
            return page(context);
        });
        endpoints.MapFile("/page/reference.js", ServiceApi.Resource("reference.js", "text/javascript; charset=utf-8"));
        endpoints.MapFile("/page/scalar.js", ScriptAsync);
    }

    /// <summary>The script as the package has it, compressed; unpacked for clients that do not take that.</summary>
    private static async Task ScriptAsync(HttpContext context)
    {
        SecureHeaders.Add(context.Response.Headers);
        context.Response.ContentType = "text/javascript; charset=utf-8";
        await using var script = typeof(ScalarOptions).Assembly.GetManifestResourceStream("ScalarStaticAssets.scalar.js")!;
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await script.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        await using var unpacked = new GZipStream(script, CompressionMode.Decompress);
        await unpacked.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }
}
