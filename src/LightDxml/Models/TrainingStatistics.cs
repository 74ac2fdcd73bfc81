using System.Text.Json;

namespace LightDxml.Models;

/// <summary>What is worth knowing of the training run; stored with the model.</summary>
/// <param name="BestEpoch">The epoch whose parameters the model holds.</param>
/// <param name="ValidationP1">
/// P@1 on the validation documents, in 0..1, or null without validation. Epoch, score weights and head were chosen on the same documents, so
/// that it is higher than what unseen documents give: a figure to follow training by, not an estimate of accuracy.
/// </param>
internal sealed record TrainingStatistics(
    int PointCount, int FeatureCount, int LabelCount, long FeatureNonZeros, long LabelNonZeros,
    int BestEpoch, double? ValidationP1, double TrainingSeconds, double ProcessorSeconds)
{
    /// <summary>
    /// ECE@5 in 0..1: how far probabilities are off on held-out documents, each half of them mapped by what the other half taught; null
    /// where there were none.
    /// </summary>
    public double? CalibrationError { get; init; }

    /// <summary>Of a model that is still being trained.</summary>
    internal static TrainingStatistics None { get; } = new(0, 0, 0, 0, 0, 0, null, 0, 0);

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("pointCount", PointCount);
        writer.WriteNumber("featureCount", FeatureCount);
        writer.WriteNumber("labelCount", LabelCount);
        writer.WriteNumber("featureNonZeros", FeatureNonZeros);
        writer.WriteNumber("labelNonZeros", LabelNonZeros);
        writer.WriteNumber("bestEpoch", BestEpoch);
        if (ValidationP1 is { } p1)
            writer.WriteNumber("validationP1", p1);
        else
            writer.WriteNull("validationP1");
        if (CalibrationError is { } error)
            writer.WriteNumber("calibrationError", error);
        writer.WriteNumber("trainingSeconds", TrainingSeconds);
        writer.WriteNumber("processorSeconds", ProcessorSeconds);
        writer.WriteEndObject();
    }

    /// <exception cref="KeyNotFoundException">A member is missing.</exception>
    internal static TrainingStatistics Read(JsonElement json) => new(
        json.GetProperty("pointCount").GetInt32(),
        json.GetProperty("featureCount").GetInt32(),
        json.GetProperty("labelCount").GetInt32(),
        json.GetProperty("featureNonZeros").GetInt64(),
        json.GetProperty("labelNonZeros").GetInt64(),
        json.GetProperty("bestEpoch").GetInt32(),
        json.TryGetProperty("validationP1", out var p1) && p1.ValueKind == JsonValueKind.Number ? p1.GetDouble() : null,
        json.GetProperty("trainingSeconds").GetDouble(),
        json.GetProperty("processorSeconds").GetDouble())
    {
        CalibrationError = json.TryGetProperty("calibrationError", out var error) && error.ValueKind == JsonValueKind.Number ? error.GetDouble() : null,
    };
}
