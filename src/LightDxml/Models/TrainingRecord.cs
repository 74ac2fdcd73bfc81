using System.Text.Json;
using LightDxml.Configuration;
using LightDxml.Training;

namespace LightDxml.Models;

/// <summary>
/// How a model came about: its training's settings and statistics. Provenance that people read; prediction does not, so that a setting
/// that is renamed some day cannot make a model unreadable.
/// </summary>
internal sealed record TrainingRecord(TrainingOptions Options, TrainingStatistics Statistics)
{
    /// <summary>Writes <c>training.json</c>.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("program", $"LightDxml {typeof(TrainingRecord).Assembly.GetName().Version?.ToString(3)}");
        writer.WritePropertyName("settings");
        Settings.WriteJson(Options, writer);
        writer.WritePropertyName("statistics");
        Statistics.Write(writer);
    }

    /// <returns>What the file says, or null where it cannot be understood.</returns>
    public static TrainingRecord? Read(Stream stream, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(stream);
            var root = document.RootElement;
            return new TrainingRecord(
                Settings.OfModel(root.GetProperty("settings").GetRawText(), $"{name}, settings", static _ => { }),
                TrainingStatistics.Read(root.GetProperty("statistics")));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or LightDxmlException)
        {
            return null;
        }
    }
}
