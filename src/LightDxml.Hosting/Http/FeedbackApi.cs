using System.Globalization;
using System.Text.Json;
using LightDxml.Hosting.Feedback;
using LightDxml.Hosting.Models;
using LightDxml.Text.Reading;
using Microsoft.AspNetCore.Http;

namespace LightDxml.Hosting.Http;

/// <summary>Takes what people say of labels, and gives it as training data.</summary>
/// <param name="store">Null where nothing is kept.</param>
internal sealed class FeedbackApi(ServedModels models, FeedbackStore? store, RequestGate gate)
{
    private const int TextsAtATime = 100;
    private const int CharactersAtATime = 1 << 16;
    private const int LongestLabel = 1000;

    public void Map(Routes routes)
    {
        routes.Work("/v1/models/{name}/feedback", "feedback", AddAsync);
        routes.Get("/v1/models/{name}/feedback.jsonl", WriteAsync);
    }

    private async Task AddAsync(HttpContext context)
    {
        var (model, into) = (ModelApi.ModelOf(models, context), Store());
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.FeedbackRequest, models.Options).ConfigureAwait(false);
        var text = Prediction.Checked(request.Text, models.Options);
        if (string.IsNullOrWhiteSpace(text))
            throw new RequestFault(StatusCodes.Status400BadRequest, "text is empty.");
        using var lease = model.Rent();
        var (accepted, rejected) = (Labels(request.Accepted, lease.Version), Labels(request.Rejected, lease.Version));
        var count = accepted.Length + rejected.Length;
        if (count < 1 || count > models.Options.MaxTop)
            throw new RequestFault(StatusCodes.Status400BadRequest, $"accepted and rejected must have 1 to {models.Options.MaxTop} labels, but have {count}.");
        if (accepted.Intersect(rejected, StringComparer.Ordinal).FirstOrDefault() is { } both)
            throw new RequestFault(StatusCodes.Status400BadRequest, $"The label '{both}' is both accepted and rejected.");
        if (!await gate.WorkAsync(context, _ => Task.FromResult(into.Add(model.Name, text, accepted, rejected))).ConfigureAwait(false))
            throw new RequestFault(StatusCodes.Status507InsufficientStorage, "The service keeps as much feedback as it may.");
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>As <c>train</c> reads it: a text and its labels a line. Texts of which no label is right are left out.</summary>
    private async Task WriteAsync(HttpContext context)
    {
        var (model, from) = (ModelApi.ModelOf(models, context), Store());
        context.Response.ContentType = "application/jsonl; charset=utf-8";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        for (var last = 0L; await ReadAsync(last).ConfigureAwait(false) is { Count: > 0 } texts; last = texts[^1].Id)
        {
            foreach (var text in texts)
            {
                var line = new FeedbackLine(text.Id.ToString(CultureInfo.InvariantCulture), text.Text, text.Accepted, text.Rejected.Count > 0 ? text.Rejected : null);
                await context.Response.Body.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(line, ApiJson.Web.FeedbackLine), (byte)'\n'], context.RequestAborted).ConfigureAwait(false);
            }
        }

        Task<IReadOnlyList<JudgedText>> ReadAsync(long after) =>
            gate.WorkInTurnAsync(context, _ => Task.FromResult(from.Read(model.Name, after, TextsAtATime, CharactersAtATime)));
    }

    private FeedbackStore Store() => store
        ?? throw new RequestFault(StatusCodes.Status404NotFound, "The service keeps no feedback; 'lightdxml serve --feedback FILE' lets it.");

    /// <summary>Labels as training spells them; the id in place of a name that one label alone has.</summary>
    private static string[] Labels(string?[]? given, ModelVersion version) => [.. (given ?? []).Select(label =>
    {
        var spelled = label is null || label.Length > LongestLabel || label.Any(char.IsControl) ? "" : LabelText.Normalize(label);
        if (spelled.Length == 0)
            throw new RequestFault(StatusCodes.Status400BadRequest, $"A label has 1 to {LongestLabel} characters, and no line ends or other control characters.");
        return version.LabelIds.GetValueOrDefault(spelled, spelled);
    }).Distinct(StringComparer.Ordinal)];
}
