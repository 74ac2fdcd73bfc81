using Microsoft.AspNetCore.Routing;

namespace LightDxml.Hosting.Http;

/// <summary>The page on which people try a model: files of this assembly, which ask the API as any client does. They need no key; what they ask for does.</summary>
internal static class Page
{
    private static readonly (string Name, string Type)[] Files =
    [
        ("api.js", Script), ("app.js", Script), ("copy.js", Script), ("dom.js", Script), ("files.js", Script), ("list.js", Script), ("theme.js", Script), ("words.js", Script),
        ("page.css", "text/css; charset=utf-8"), ("icon.svg", "image/svg+xml"),
    ];

    private const string Script = "text/javascript; charset=utf-8";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapFile("/", ServiceApi.Resource("page.html", "text/html; charset=utf-8"));
        foreach (var (name, type) in Files)
            endpoints.MapFile($"/page/{name}", ServiceApi.Resource(name, type));
    }
}
