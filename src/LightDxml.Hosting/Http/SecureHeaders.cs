using Microsoft.AspNetCore.Http;

namespace LightDxml.Hosting.Http;

/// <summary>Headers that keep browsers from doing what nobody asked for: no other host, no frame, no guessed types.</summary>
internal static class SecureHeaders
{
    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        Add(context.Response.Headers);
        return next(context);
    }

    public static void Add(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }
}
