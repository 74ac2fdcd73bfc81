using System.Text.Json;
using LightDxml.Configuration;
using LightDxml.Indexes;
using LightDxml.Models;

namespace LightDxml.Inference;

/// <summary>The inference settings as JSON, written and read member by member.</summary>
internal static class InferenceJson
{
    public static void Write(InferenceSettings settings, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", InferenceSettings.Version);
        writer.WriteBoolean("unitRows", settings.UnitRows);
        writer.WriteNumber("trainingDocuments", settings.TrainingDocuments);
        writer.WriteNumber("beta", settings.Beta);
        writer.WriteNumber("tail", settings.Tail);
        writer.WriteNumber("shortlistWidth", settings.ShortlistWidth);
        writer.WriteNumber("candidates", settings.Candidates);
        writer.WriteBoolean("searchesIndex", settings.SearchesIndex);
        writer.WriteString("precision", NameOf(settings.Precision));
        writer.WriteStartObject("index");
        var index = settings.Index;
        writer.WriteString("kind", index.Kind);
        writer.WriteNumber("m", index.M);
        writer.WriteNumber("efConstruction", index.EfConstruction);
        writer.WriteNumber("efSearch", index.EfSearch);
        writer.WriteNumber("clusters", index.Clusters);
        writer.WriteNumber("probes", index.Probes);
        writer.WriteNumber("seed", index.Seed);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <param name="json">The object that <see cref="Write"/> wrote.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="LightDxmlException">A member is missing, of the wrong kind or out of its range, or the version is not known.</exception>
    public static InferenceSettings Read(JsonElement json, string path)
    {
        var version = Whole(json, "version");
        if (version != InferenceSettings.Version)
            throw new LightDxmlException($"{path}: this program reads version {InferenceSettings.Version} of the inference settings, but found {version}.");
        var index = Member(json, "index", JsonValueKind.Object);
        var settings = new InferenceSettings
        {
            UnitRows = Flag(json, "unitRows"),
            TrainingDocuments = Whole(json, "trainingDocuments"),
            Beta = Number(json, "beta"),
            Tail = Number(json, "tail"),
            ShortlistWidth = Whole(json, "shortlistWidth"),
            Candidates = Whole(json, "candidates"),
            SearchesIndex = Flag(json, "searchesIndex"),
            Precision = PrecisionOf(Text(json, "precision")),
            Index = new LabelIndexSettings(
                Text(index, "kind"), Whole(index, "m"), Whole(index, "efConstruction"), Whole(index, "efSearch"),
                Whole(index, "clusters"), Whole(index, "probes"), Whole(index, "seed")),
        };
        try
        {
            return settings.Validate();
        }
        catch (OptionsException fault)
        {
            throw new LightDxmlException($"{path}: {fault.Message}", fault);
        }

        JsonElement Member(JsonElement of, string name, JsonValueKind kind) =>
            of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) && member.ValueKind == kind
                ? member
                : throw new LightDxmlException($"{path}: '{name}' of the inference settings is missing or not a {kind.ToString().ToLowerInvariant()}.");

        bool Flag(JsonElement of, string name) =>
            of.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? member.GetBoolean()
                : throw new LightDxmlException($"{path}: '{name}' of the inference settings is missing or neither true nor false.");

        int Whole(JsonElement of, string name) =>
            Member(of, name, JsonValueKind.Number).TryGetInt32(out var whole)
                ? whole
                : throw new LightDxmlException($"{path}: '{name}' of the inference settings is not a whole number.");

        double Number(JsonElement of, string name) => Member(of, name, JsonValueKind.Number).GetDouble();

        string Text(JsonElement of, string name) => Member(of, name, JsonValueKind.String).GetString()!;

        Precision PrecisionOf(string name) => Enum.GetValues<Precision>().FirstOrDefault(value => NameOf(value) == name, (Precision)(-1)) is >= 0 and var precision
            ? precision
            : throw new LightDxmlException($"{path}: '{name}' is not a precision.");
    }

    private static string NameOf(Precision precision) => precision.ToString().ToLowerInvariant();
}
