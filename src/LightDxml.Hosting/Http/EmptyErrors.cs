using Microsoft.AspNetCore.Http;

namespace LightDxml.Hosting.Http;

/// <summary>Gives errors of the routing, which come without a body, one that says what is wrong.</summary>
internal static class EmptyErrors
{
    public const string NotThere = "Nothing is at this address. GET /openapi/v1.json lists the addresses.";

    public static async Task DescribeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context).ConfigureAwait(false);
        var response = context.Response;
        if (response.HasStarted || response.StatusCode < 400 || response.ContentType is not null)
            return;
        await Problem.WriteAsync(context, response.StatusCode, response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => "The service does not answer for this host; 'lightdxml serve --hosts' names those that it answers for.",
            StatusCodes.Status404NotFound => NotThere,
            StatusCodes.Status405MethodNotAllowed => $"The address does not take {context.Request.Method}; the header Allow says what it takes.",
            _ => "The request cannot be answered.",
        }).ConfigureAwait(false);
    }
}
