using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace LightDxml.Hosting.Http;

/// <summary>An error as RFC 9457 writes it.</summary>
internal sealed record Problem(string Type, string Title, int Status, string Detail)
{
    public const string ContentType = "application/problem+json";

    public static Problem Of(int status, string detail) => new("about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail);

    /// <summary>Answers with the problem, unless an answer has begun: that one is cut off.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string detail)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return;
        }

        response.StatusCode = status;
        await RequestBody.WriteAsync(context, Of(status, detail), ApiJson.Web.Problem, ContentType).ConfigureAwait(false);
    }
}
