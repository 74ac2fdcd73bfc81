using System.Globalization;
using LightDxml.Hosting.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LightDxml.Hosting.Http;

/// <summary>The REST API of Annif, so that its clients can ask models of LightDxml. A model is a project with a vocabulary of its own.</summary>
internal sealed class AnnifApi(ServedModels models, RequestGate gate)
{
    private const int StandardLimit = 10;
    private const int MostDocuments = 32;
    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>Names of labels are in a language that the model does not say.</summary>
    private const string UnknownLanguage = "und";

    private ServingOptions Options => models.Options;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var gate = endpoints.ServiceProvider.GetRequiredService<RequestGate>();
        var api = new AnnifApi(endpoints.ServiceProvider.GetRequiredService<ServedModels>(), gate);
        var routes = new Routes(endpoints, gate);
        routes.Get("/v1", InfoAsync);
        routes.Get("/v1/projects", api.ListAsync);
        routes.Get("/v1/vocabs", api.ListVocabulariesAsync);
        routes.Get("/v1/projects/{id}", api.DescribeAsync);
        routes.Work("/v1/projects/{id}/suggest", "suggest", api.SuggestAsync);
        routes.Work("/v1/projects/{id}/suggest-batch", "suggest-batch", api.SuggestBatchAsync);
        routes.Post("/v1/projects/{id}/learn", api.LearnAsync);
        routes.Post("/v1/detect-language", DetectLanguageAsync);
        routes.NothingElse("/v1/projects");
    }

    private static Task InfoAsync(HttpContext context) => RequestBody.WriteAsync(
        context, new AnnifInfo("LightDxml with the REST API of Annif", ServiceApi.Version), AnnifJson.Web.AnnifInfo);

    private Task ListAsync(HttpContext context) =>
        RequestBody.WriteAsync(context, new AnnifProjects([.. models.All.Select(Project)]), AnnifJson.Web.AnnifProjects);

    private Task ListVocabulariesAsync(HttpContext context) =>
        RequestBody.WriteAsync(context, new AnnifVocabularies([.. models.All.Select(model => Project(model).Vocab)]), AnnifJson.Web.AnnifVocabularies);

    private Task DescribeAsync(HttpContext context) => RequestBody.WriteAsync(context, Project(ModelOf(context)), AnnifJson.Web.AnnifProject);

    private async Task SuggestAsync(HttpContext context)
    {
        var model = ModelOf(context);
        RequestBody.Limit(context, Options.MaxBodyBytes);
        if (!FormType.Equals(context.Request.GetTypedHeaders().ContentType?.MediaType.Value, StringComparison.OrdinalIgnoreCase))
            throw new RequestFault(StatusCodes.Status415UnsupportedMediaType, $"The body must be a form, with the header 'Content-Type: {FormType}'.");
        var form = await ReadFormAsync(context).ConfigureAwait(false);
        var limit = Limit(form["limit"]);
        var threshold = Threshold(form["threshold"]);
        if (form["text"].Count > 1)
            throw new RequestFault(StatusCodes.Status400BadRequest, "text is given twice.");
        var text = Prediction.Checked(form["text"], Options);
        var suggestions = await gate.WorkAsync(context, cancellation => SuggestAsync(context, model, [text], limit, threshold, form["language"], cancellation)).ConfigureAwait(false);
        await RequestBody.WriteAsync(context, new AnnifSuggestions(suggestions[0]), AnnifJson.Web.AnnifSuggestions).ConfigureAwait(false);
    }

    private async Task SuggestBatchAsync(HttpContext context)
    {
        var model = ModelOf(context);
        var limit = Limit(context.Request.Query["limit"]);
        var threshold = Threshold(context.Request.Query["threshold"]);
        var documents = (await RequestBody.ReadAsync(context, AnnifJson.Web.AnnifBatch, Options).ConfigureAwait(false)).Documents
            ?? throw new RequestFault(StatusCodes.Status400BadRequest, "documents are needed.");
        var most = Math.Min(MostDocuments, Options.MaxTexts);
        if (documents.Length > most)
            throw new RequestFault(StatusCodes.Status400BadRequest, $"A batch may have {most} documents, but has {documents.Length}.");
        var texts = documents.Select(document => Prediction.Checked(document?.Text, Options)).ToArray();
        var suggestions = await gate.WorkAsync(context, cancellation => SuggestAsync(context, model, texts, limit, threshold, context.Request.Query["language"], cancellation)).ConfigureAwait(false);
        IReadOnlyList<AnnifDocumentSuggestions> answers = [.. documents.Select((document, i) => new AnnifDocumentSuggestions(suggestions[i], document!.DocumentId))];
        await RequestBody.WriteAsync(context, answers, AnnifJson.Web.IReadOnlyListAnnifDocumentSuggestions).ConfigureAwait(false);
    }

    private Task LearnAsync(HttpContext context)
    {
        ModelOf(context);
        throw new RequestFault(StatusCodes.Status403Forbidden, "The model is trained once and does not learn from single documents. Train it again with them.");
    }

    private static Task DetectLanguageAsync(HttpContext context) =>
        throw new RequestFault(StatusCodes.Status501NotImplemented, "The service does not detect languages.");

    private ServedModel ModelOf(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        return models.Get(id) ?? throw new RequestFault(StatusCodes.Status404NotFound, $"Project '{id}' not found.");
    }

    private async Task<AnnifSuggestion[][]> SuggestAsync(
        HttpContext context, ServedModel model, string[] texts, int limit, string? threshold, string? asked, CancellationToken cancellation)
    {
        if (limit == 0 || texts.Length == 0)
            return [.. texts.Select(_ => Array.Empty<AnnifSuggestion>())];
        using var lease = model.Rent();
        var version = lease.Version;

        // Clients of Annif name a language always; where there is but one, it is that of the labels file.
        var language = version.Paths is { Languages.Count: > 0 } ? NameLanguage.Of(version, asked, context.Request) : null;
        var predicted = await lease.PredictAsync(texts, Prediction.Of(lease.Version, limit, threshold, Options), cancellation).ConfigureAwait(false);

        // Annif has no word for a text of which nothing is known: what is most frequent is no suggestion. Its clients take the first score for the
        // highest, and labels that are ranked for the tail come in the order of their probabilities.
        return [.. predicted.Select(one => !one.IsKnown ? [] : one.Labels.Select(label => new AnnifSuggestion(label.Id, Prediction.NameOf(version, label, language), null, Prediction.ProbabilityOf(version, label)))
            .OrderByDescending(suggestion => suggestion.Score).ToArray())];
    }

    private static AnnifProject Project(ServedModel model)
    {
        using var lease = model.Rent();
        var languages = lease.Version.Paths is { Languages: { Count: > 0 } known } ? known : [UnknownLanguage];
        var vocabulary = new AnnifVocabulary(model.Name, languages, lease.Version.Model.Ranker.LabelCount, Loaded: true);
        return new AnnifProject(model.Name, model.Name, UnknownLanguage, new AnnifBackend("lightdxml"), vocabulary, languages[0], IsTrained: true, lease.Version.Loaded);
    }

    private async Task<IFormCollection> ReadFormAsync(HttpContext context)
    {
        var options = new FormOptions { ValueLengthLimit = Options.MaxBodyBytes };
        try
        {
            return await context.Request.ReadFormAsync(options, context.RequestAborted).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            throw new RequestFault(StatusCodes.Status400BadRequest, "The form cannot be read.");
        }
    }

    private int Limit(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return Math.Min(StandardLimit, Options.MaxTop);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? Math.Min(limit, Options.MaxTop)
            : throw new RequestFault(StatusCodes.Status400BadRequest, $"limit must be a number from 0 on, but is '{text}'.");
    }

    private static string? Threshold(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var threshold) && threshold is >= 0 and <= 1
            ? threshold == 0 ? null : threshold.ToString(CultureInfo.InvariantCulture)
            : throw new RequestFault(StatusCodes.Status400BadRequest, $"threshold must be 0 to 1, but is '{text}'.");
    }
}
