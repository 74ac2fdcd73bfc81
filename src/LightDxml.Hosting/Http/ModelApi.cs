using LightDxml.Hosting.Feedback;
using LightDxml.Hosting.Models;
using LightDxml.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LightDxml.Hosting.Http;

/// <summary>The API of models: what they are, and their predictions.</summary>
internal sealed class ModelApi(ServedModels models, RequestGate gate)
{
    private const int StandardTerms = 5;
    private const int MostTerms = 50;

    /// <summary>Explained texts may have this many labels: each costs a prediction for many of the text's words.</summary>
    private const int MostExplained = 50;

    private ServingOptions Options => models.Options;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var (models, gate) = (endpoints.ServiceProvider.GetRequiredService<ServedModels>(), endpoints.ServiceProvider.GetRequiredService<RequestGate>());
        var api = new ModelApi(models, gate);
        var routes = new Routes(endpoints, gate);
        routes.Get("/v1/models", api.ListAsync);
        routes.Get("/v1/models/{name}", api.DescribeAsync);
        routes.Work("/v1/models/{name}/predict", "predict", api.PredictAsync);
        routes.Work("/v1/models/{name}/explain", "explain", api.ExplainAsync);
        routes.Work("/v1/models/{name}/stream", "stream", new StreamApi(models, gate).RunAsync, isStream: true);
        new FeedbackApi(models, endpoints.ServiceProvider.GetService<FeedbackStore>(), gate).Map(routes);
        routes.NothingElse("/v1/models");
    }

    /// <exception cref="RequestFault">No model has the name of the address.</exception>
    public static ServedModel ModelOf(ServedModels models, HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        return models.Get(name) ?? throw new RequestFault(StatusCodes.Status404NotFound, $"There is no model '{name}'. GET /v1/models lists the models.");
    }

    private Task ListAsync(HttpContext context) =>
        RequestBody.WriteAsync(context, new ModelList([.. models.All.Select(Describe)]), ApiJson.Web.ModelList);

    private Task DescribeAsync(HttpContext context) =>
        RequestBody.WriteAsync(context, Describe(ModelOf(models, context)), ApiJson.Web.ModelDetails);

    private async Task PredictAsync(HttpContext context)
    {
        var model = ModelOf(models, context);
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.PredictRequest, Options).ConfigureAwait(false);
        if (request.Terms is not null)
            throw new RequestFault(StatusCodes.Status400BadRequest, "terms are asked for of 'explain'.");
        var (texts, rule) = (Texts(request), Prediction.Rule(request.Threshold));
        var answers = await gate.WorkAsync(context, async Task<TextLabels[]> (cancellation) =>
        {
            using var lease = model.Rent();
            var language = NameLanguage.Of(lease.Version, request.Language, context.Request);
            var predicted = await lease.PredictAsync(texts, Prediction.Of(lease.Version, request.Top, rule, Options), cancellation).ConfigureAwait(false);
            return [.. predicted.Select(one => Prediction.Answer(lease.Version, one, language))];
        }).ConfigureAwait(false);
        if (request.Text is not null)
            await RequestBody.WriteAsync(context, answers[0], ApiJson.Web.TextLabels).ConfigureAwait(false);
        else
            await RequestBody.WriteAsync(context, new ManyTextLabels(answers), ApiJson.Web.ManyTextLabels).ConfigureAwait(false);
    }

    private async Task ExplainAsync(HttpContext context)
    {
        var model = ModelOf(models, context);
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.PredictRequest, Options).ConfigureAwait(false);
        if (request.Texts is not null)
            throw new RequestFault(StatusCodes.Status400BadRequest, "One text is explained at a time: give text, not texts.");
        var terms = request.Terms ?? StandardTerms;
        if (terms is < 1 or > MostTerms)
            throw new RequestFault(StatusCodes.Status400BadRequest, $"terms must be 1 to {MostTerms}, but is {terms}.");
        var texts = Texts(request);
        var answer = await gate.WorkAsync(context, async cancellation =>
        {
            using var lease = model.Rent();
            var language = NameLanguage.Of(lease.Version, request.Language, context.Request);
            var asked = Prediction.Of(lease.Version, request.Top, Prediction.Rule(request.Threshold), Options with { MaxTop = Math.Min(Options.MaxTop, MostExplained) });
            var predicted = (await lease.PredictAsync(texts, asked, cancellation).ConfigureAwait(false))[0];
            return Prediction.Answer(lease.Version, predicted, language, lease.Version.Explain(predicted, terms, cancellation));
        }).ConfigureAwait(false);
        await RequestBody.WriteAsync(context, answer, ApiJson.Web.TextLabels).ConfigureAwait(false);
    }

    private string[] Texts(PredictRequest request)
    {
        if (request.Text is null == request.Texts is null)
            throw new RequestFault(StatusCodes.Status400BadRequest, "Give either text or texts.");
        if (request.Text is { } text)
            return [Prediction.Checked(text, Options)];
        if (request.Texts!.Length > Options.MaxTexts)
            throw new RequestFault(StatusCodes.Status413PayloadTooLarge, $"A request may have {Options.MaxTexts} texts, but has {request.Texts.Length}.");
        return [.. request.Texts.Select(one => Prediction.Checked(one, Options))];
    }

    private ModelDetails Describe(ServedModel model)
    {
        using var lease = model.Rent();
        var stored = lease.Version.Model;
        var statistics = stored.Members is [{ Training.Statistics: { } known }, ..] ? known : null;
        var text = stored.RequireVectorizer().Options;
        return new ModelDetails(
            model.Name, stored.Ranker.LabelCount, stored.Ranker.FeatureCount, stored.Members.Count, lease.Version.Loaded, model.Reloads,
            stored.Thresholds is not null, stored.Thresholds?.Overall, statistics?.PointCount, statistics?.ValidationP1, statistics?.CalibrationError,
            lease.Version.Paths?.Languages is { Count: > 0 } languages ? languages : null, Options.FeedbackPath is not null, Options.MaxTop,
            new WordRules(text.Unit == TermUnit.Characters ? "characters" : "words", text.MinNgram, text.MaxNgram, text.Lowercase, text.FoldAccents, text.MinWordLength,
                text.Unsegmented == UnsegmentedText.Characters ? "characters" : "words"));
    }
}
