using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LightDxml.Hosting.Http;

/// <summary>Pages and other files, which are no part of the API.</summary>
internal static class FileRoutes
{
    /// <summary>GET and HEAD of an address.</summary>
    public static void MapFile(this IEndpointRouteBuilder endpoints, string pattern, RequestDelegate handler) =>
        endpoints.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], handler).ExcludeFromDescription();
}

/// <summary>Addresses of the API. What is no address of it, or takes another method, is answered by a problem, whatever else the application does.</summary>
internal sealed class Routes(IEndpointRouteBuilder endpoints, RequestGate gate)
{
    /// <summary>An address that tells, and does no work to speak of.</summary>
    public void Get(string pattern, RequestDelegate handler)
    {
        // As HTTP wants it: HEAD is answered like GET, without what it asks for.
        endpoints.MapMethods(pattern, [HttpMethods.Head], gate.Open(handler)).ExcludeFromDescription();
        Map(pattern, HttpMethods.Get, gate.Open(handler));
    }

    /// <inheritdoc cref="Get"/>
    public void Post(string pattern, RequestDelegate handler) => Map(pattern, HttpMethods.Post, gate.Open(handler));

    /// <summary>An address of a model's work: its requests are counted, and end in time.</summary>
    public void Work(string pattern, string operation, RequestDelegate handler, bool isStream = false) =>
        Map(pattern, HttpMethods.Post, gate.Counted(operation, isStream ? handler : gate.InTime(handler)));

    /// <summary>Whatever else is below an address is not there.</summary>
    public void NothingElse(string below) => endpoints.Map($"{below}/{{**rest}}", gate.Open(NotThere)).ExcludeFromDescription();

    private void Map(string pattern, string method, RequestDelegate handler)
    {
        endpoints.MapMethods(pattern, [method], handler);
        endpoints.Map(pattern, gate.Open(context =>
        {
            context.Response.Headers.Allow = method == HttpMethods.Get ? $"{method}, {HttpMethods.Head}" : method;
            throw new RequestFault(StatusCodes.Status405MethodNotAllowed, $"The address takes {method}, not {context.Request.Method}.");
        })).ExcludeFromDescription();
    }

    private static Task NotThere(HttpContext context) =>
        throw new RequestFault(StatusCodes.Status404NotFound, EmptyErrors.NotThere);
}
