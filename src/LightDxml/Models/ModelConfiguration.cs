using System.Text.Json;
using System.Text.Json.Serialization;
using LightDxml.Configuration;
using LightDxml.Training;

namespace LightDxml.Models;

/// <summary><c>config.json</c> of a model folder: format and version, resolved settings, training statistics.</summary>
internal sealed record ModelConfiguration(TrainingOptions Options, TrainingStatistics Statistics, bool HasLabelNames, bool HasLabelIds = false, bool HasVocabulary = false)
{
    public const string Format = "lightdxml-model";

    /// <summary>Counted up when a reader of today would misread the folder.</summary>
    public const int Version = 1;

    private static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    // The settings of text are those that the vectoriser was made with, wherever it came from.
    public static ModelConfiguration Of(Model model) => new(
        model.Vectorizer is { } vectorizer ? model.Options with { Text = vectorizer.Options } : model.Options,
        model.Statistics, model.LabelNames is not null, model.LabelIds is not null, model.Vectorizer is not null);

    public void Write(string path)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteString("format", Format);
        writer.WriteNumber("formatVersion", Version);
        writer.WriteBoolean("labelNames", HasLabelNames);
        writer.WriteBoolean("labelIds", HasLabelIds);
        writer.WriteBoolean("vocabulary", HasVocabulary);
        writer.WritePropertyName("settings");
        Settings.WriteJson(Options, writer);
        writer.WritePropertyName("statistics");
        JsonSerializer.Serialize(writer, Statistics, Layout);
        writer.WriteEndObject();
    }

    /// <exception cref="LightDxmlException">Not readable, not the configuration of a model, or of a later version.</exception>
    public static ModelConfiguration Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Member(root, "format", path).ToString() != Format)
                throw new LightDxmlException($"{path}: not the configuration of a model.");
            var version = Member(root, "formatVersion", path);
            if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != Version)
                throw new LightDxmlException($"{path}: format version {version.GetRawText()} is not {Version}, the one that this program reads.");
            return new ModelConfiguration(
                Settings.FromJson(Member(root, "settings", path).GetRawText(), $"{path}, settings").Validate(),
                Member(root, "statistics", path).Deserialize<TrainingStatistics>(Layout) ?? throw new LightDxmlException($"{path}: statistics is null."),
                Flag(root, "labelNames", path), Flag(root, "labelIds", path), Flag(root, "vocabulary", path));
        }
        catch (JsonException fault)
        {
            throw new LightDxmlException($"{path}: damaged: {fault.Message.Split(" Path:")[0]}", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new LightDxmlException($"{path}: damaged: it holds text that is not UTF-8.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"Cannot read {path}: {fault.Message}", fault);
        }
    }

    internal static bool Flag(JsonElement root, string name, string path) => Member(root, name, path) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        var other => throw new LightDxmlException($"{path}: {name} is {other.GetRawText()}, not true or false."),
    };

    internal static JsonElement Member(JsonElement root, string name, string path) =>
        root.TryGetProperty(name, out var member) ? member : throw new LightDxmlException($"{path}: {name} is missing.");
}
