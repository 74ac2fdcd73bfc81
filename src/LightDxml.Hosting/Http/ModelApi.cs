using LightDxml.Hosting.Models;
using LightDxml.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LightDxml.Hosting.Http;

/// <summary>The API of models: what they are, and their predictions.</summary>
internal sealed class ModelApi(ServedModels models)
{
    private const int StandardTerms = 5;
    private const int MostTerms = 50;

    /// <summary>Explained texts may have this many labels: each costs a prediction for many of the text's words.</summary>
    private const int MostExplained = 50;

    private ServingOptions Options => models.Options;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var gate = endpoints.ServiceProvider.GetRequiredService<RequestGate>();
        var api = new ModelApi(endpoints.ServiceProvider.GetRequiredService<ServedModels>());
        var stream = new StreamApi(endpoints.ServiceProvider.GetRequiredService<ServedModels>());
        endpoints.MapGet("/v1/models", gate.Open(api.ListAsync));
        endpoints.MapGet("/v1/models/{name}", gate.Open(api.DescribeAsync));
        endpoints.MapPost("/v1/models/{name}/predict", gate.Limited(api.PredictAsync));
        endpoints.MapPost("/v1/models/{name}/explain", gate.Limited(api.ExplainAsync));
        endpoints.MapPost("/v1/models/{name}/stream", gate.Limited(stream.RunAsync, isStream: true));
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
        var texts = Texts(request);
        TextLabels[] answers;
        using (var lease = model.Rent())
        {
            var version = lease.Version;
            var predicted = Prediction.Of(version, request.Top, Prediction.Rule(request.Threshold), Options).Run(version, texts, context.RequestAborted);
            answers = [.. predicted.Select(one => Prediction.Answer(version, one))];
        }

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
        TextLabels answer;
        using (var lease = model.Rent())
        {
            var prediction = Prediction.Of(lease.Version, request.Top, Prediction.Rule(request.Threshold), Options with { MaxTop = Math.Min(Options.MaxTop, MostExplained) });
            var predicted = prediction.Run(lease.Version, texts, context.RequestAborted)[0];
            answer = Prediction.Answer(lease.Version, predicted, lease.Version.Explain(predicted, terms));
        }

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

    private static ModelDetails Describe(ServedModel model)
    {
        using var lease = model.Rent();
        var stored = lease.Version.Model;
        var statistics = stored.Members is [{ Training.Statistics: { } known }, ..] ? known : null;
        var text = stored.RequireVectorizer().Options;
        return new ModelDetails(
            model.Name, stored.Ranker.LabelCount, stored.Ranker.FeatureCount, stored.Members.Count, lease.Version.Loaded, model.Reloads,
            stored.Thresholds is not null, stored.Thresholds?.Overall, statistics?.PointCount, statistics?.ValidationP1, statistics?.CalibrationError,
            new WordRules(text.Unit == TermUnit.Characters ? "characters" : "words", text.MinNgram, text.MaxNgram, text.Lowercase, text.FoldAccents, text.MinWordLength));
    }
}
