using System.Globalization;
using System.Text.Json;
using LightDxml.Configuration;
using LightDxml.Hosting.Models;
using LightDxml.Inference;
using Microsoft.AspNetCore.Http;

namespace LightDxml.Hosting.Http;

/// <summary>Checks what a request asks of a model, and makes its answer.</summary>
internal static class Prediction
{
    private const int StandardTop = 5;

    public static Asked Of(ModelVersion version, int? top, string? threshold, ServingOptions options)
    {
        var most = top ?? Math.Min(threshold is null ? StandardTop : Inference.Decisions.Ranks, options.MaxTop);
        if (most < 1 || most > options.MaxTop)
            throw new RequestFault(StatusCodes.Status400BadRequest, $"top must be 1 to {options.MaxTop}, but is {most}.");
        return new Asked(Math.Min(most, version.Model.Ranker.LabelCount), threshold, threshold is null ? null : DecisionsOf(version, threshold));
    }

    /// <summary>A number or a rule, from JSON.</summary>
    public static string? Rule(JsonElement? threshold) => threshold switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        { ValueKind: JsonValueKind.String } rule => TextOf(rule),
        _ => throw new RequestFault(StatusCodes.Status400BadRequest, "threshold must be a number or a string."),
    };

    private static string? TextOf(JsonElement rule)
    {
        try
        {
            return rule.GetString();
        }
        catch (InvalidOperationException fault)
        {
            throw new RequestFault(StatusCodes.Status400BadRequest, $"threshold is not text: {fault.Message}");
        }
    }

    /// <exception cref="RequestFault">A text is longer than may be.</exception>
    public static string Checked(string? text, ServingOptions options) => text switch
    {
        null => throw new RequestFault(StatusCodes.Status400BadRequest, "text is needed."),
        _ when text.Length > options.MaxTextLength => throw new RequestFault(
            StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture, $"A text may have {options.MaxTextLength:N0} characters, but one has {text.Length:N0}.")),
        _ => text,
    };

    /// <param name="language">Of names; null takes that of the labels file.</param>
    public static TextLabels Answer(ModelVersion version, PredictedText predicted, string? language, IReadOnlyList<IReadOnlyList<TermWeight>>? terms = null) => new(
        [.. predicted.Labels.Select((label, i) => new LabelAnswer(
            label.Id, NameOf(version, label, language), label.Score, IsWeighed(version) ? ProbabilityOf(version, label) : null, version.Paths?.Above(label.Id, language), terms?[i]))],
        predicted.IsKnown);

    /// <summary>How probable a label is: its score without what that is multiplied by for the tail.</summary>
    public static float ProbabilityOf(ModelVersion version, ScoredLabel label) => IsWeighed(version) ? label.Score / version.Model.Ranker.TailFactors[label.Row] : label.Score;

    public static string NameOf(ModelVersion version, ScoredLabel label, string? language) => version.Paths?.NameOf(label, language) ?? label.Name;

    private static bool IsWeighed(ModelVersion version) => !version.Model.Ranker.TailFactors.IsEmpty;

    // The library's messages name the model's folder, which is nobody's business.
    private static Decisions DecisionsOf(ModelVersion version, string rule)
    {
        try
        {
            return Inference.Decisions.Of(rule, version.Model);
        }
        catch (OptionsException fault)
        {
            throw new RequestFault(StatusCodes.Status400BadRequest, fault.Message);
        }
        catch (LightDxmlException)
        {
            throw new RequestFault(StatusCodes.Status422UnprocessableEntity, version.Model.Thresholds is null
                ? "The model holds no thresholds of its own. Give a number."
                : "No threshold of the model reaches this precision. Give a lower one.");
        }
    }
}
