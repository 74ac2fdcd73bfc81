using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LightDxml.Hosting.Http;

/// <summary>Reads and writes bodies, and says what is wrong with one.</summary>
internal static class RequestBody
{
    private const int Invalid = StatusCodes.Status400BadRequest;

    /// <summary>Sets how many bytes the body may have; none where it is a stream.</summary>
    public static void Limit(HttpContext context, long? bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = bytes;
    }

    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, ServingOptions options)
    {
        Limit(context, options.MaxBodyBytes);
        if (!context.Request.HasJsonContentType())
            throw new RequestFault(StatusCodes.Status415UnsupportedMediaType, "The body must be JSON, with the header 'Content-Type: application/json'.");
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted).ConfigureAwait(false)
                ?? throw new RequestFault(Invalid, "The body is null, and must be an object.");
        }
        catch (JsonException fault)
        {
            throw new RequestFault(Invalid, Describe(fault));
        }
    }

    /// <summary>Answers with JSON; a request for the headers alone gets them alone.</summary>
    public static async Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type, string contentType = "application/json; charset=utf-8")
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Where the JSON is wrong, without the names of types that a message of the serializer has.</summary>
    public static string Describe(JsonException fault) => fault.LineNumber is { } line
        ? $"The body is not the JSON that is expected: line {line + 1}, {Place(fault)}."
        : "The body is not the JSON that is expected.";

    /// <summary>The byte in its line, and the member, where JSON is wrong.</summary>
    public static string Place(JsonException fault) => $"byte {fault.BytePositionInLine + 1}{(fault.Path is { Length: > 1 } path ? $", at {path}" : "")}";
}
