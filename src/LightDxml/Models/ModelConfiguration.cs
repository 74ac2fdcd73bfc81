using System.Text;
using System.Text.Json;
using LightDxml.Configuration;
using LightDxml.Inference;
using LightDxml.Names;
using LightDxml.Text;
using LightDxml.Training;

namespace LightDxml.Models;

/// <summary>
/// <c>config.json</c> of a model: format and version, sizes, what prediction has to know, which text parts there are. Training's
/// settings and statistics stand in <c>training.json</c>. Version 1 had them here, and nothing else for prediction.
/// </summary>
/// <param name="Record">Of version 1 only: the settings and statistics that stood in the configuration.</param>
internal sealed record ModelConfiguration(
    int FeatureCount, int LabelCount, int Dimensions, InferenceSettings Inference, TextPartsPresent Parts, TrainingRecord? Record = null)
{
    public const string Format = "lightdxml-model";

    /// <summary>Counted up when an older reader would misread the folder.</summary>
    public const int Version = 3;

    /// <summary>What a model that does not scale its features is written as, so that earlier programs go on reading it.</summary>
    private const int WithoutFeatureScaling = 2;

    public static ModelConfiguration Of(Model model) => new(
        model.FeatureCount, model.LabelCount, model.Network.Dimensions, model.Inference, TextPartsPresent.Of(model))
    {
        ScalesFeatures = model.FeatureScaling is not null,
    };

    /// <summary>Checksums of the files that it was saved with; null where an earlier version saved it.</summary>
    public IReadOnlyDictionary<string, string>? Files { get; init; }

    /// <summary>Whether a document's features are brought to one scale, which programs that know version 2 alone would not do.</summary>
    public bool ScalesFeatures { get; init; }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("format", Format);
        writer.WriteNumber("formatVersion", ScalesFeatures ? Version : WithoutFeatureScaling);
        writer.WriteNumber("features", FeatureCount);
        writer.WriteNumber("labels", LabelCount);
        writer.WriteNumber("dimensions", Dimensions);
        WriteParts(Parts, writer);
        writer.WritePropertyName("inference");
        InferenceJson.Write(Inference, writer);
    }

    /// <exception cref="LightDxmlException">Not readable, not the configuration of a model, or of a later version.</exception>
    public static ModelConfiguration Read(ModelFiles files)
    {
        var path = files.NameOf(ModelFolder.ConfigurationFile);
        using var json = JsonFile.Read(files, ModelFolder.ConfigurationFile);
        var root = json.Root;
        if (!json.HasFormat(Format))
            throw new LightDxmlException($"{path}: not the configuration of a model.");
        return json.Whole("formatVersion") switch
        {
            1 => ReadFirstVersion(json),
            WithoutFeatureScaling or Version => new ModelConfiguration(
                json.Whole("features"), json.Whole("labels"), json.Whole("dimensions"),
                InferenceJson.Read(json.Member("inference"), path), ReadParts(json))
            { Files = SavedFiles.Read(json) },
            var other => throw new LightDxmlException($"{path}: this program reads format versions 1 to {Version}, but found {other}."),
        };
    }

    internal static void WriteParts(TextPartsPresent parts, Utf8JsonWriter writer)
    {
        writer.WriteBoolean("labelNames", parts.LabelNames);
        writer.WriteBoolean("labelIds", parts.LabelIds);
        writer.WriteBoolean("labelParents", parts.Hierarchy);
        writer.WriteBoolean("vocabulary", parts.Vocabulary is not null);
        if (parts.FeatureNames)
            writer.WriteBoolean("featureNames", true);
        if (parts.Vocabulary is not { } options)
            return;
        writer.WritePropertyName("text");
        TextVectorizerOptions.TermTable.WriteJson(options, writer);
        if (parts.EncoderFingerprint is { } fingerprint)
        {
            writer.WritePropertyName("textEncoder");
            TextVectorizerOptions.EncoderTable.WriteJson(options, writer);
            writer.WriteString("textEncoderFingerprint", fingerprint);
        }

        if (parts.NameEndings is { } endings)
        {
            writer.WriteString("nameEndings", endings.ToString().ToLowerInvariant());
            writer.WriteNumber("namedLabels", parts.Labels!.Value);
        }

        if (parts.Reading is not { } reading)
            return;
        writer.WritePropertyName("reading");
        TextReadOptions.Stored.WriteJson(reading, writer);
    }

    /// <summary>Which text parts there are, as <see cref="WriteParts"/> wrote it.</summary>
    internal static TextPartsPresent ReadParts(JsonFile json) => new(
        json.Flag("labelNames"), json.Flag("labelIds"), json.Flag("vocabulary") ? ReadText(json) : null, ReadReading(json), ReadEndings(json))
    {
        FeatureNames = json.Root.TryGetProperty("featureNames", out _) && json.Flag("featureNames"),
        Hierarchy = json.Root.TryGetProperty("labelParents", out _) && json.Flag("labelParents"),
        EncoderFingerprint = json.Root.TryGetProperty("textEncoder", out _) ? json.Text("textEncoderFingerprint") : null,
        Labels = json.Root.TryGetProperty("namedLabels", out _) ? json.Whole("namedLabels") : null,
    };

    // Settings of text are read strictly: what is not known here would give other features. What earlier versions did not have is as they did it.
    private static TextVectorizerOptions ReadText(JsonFile json)
    {
        var options = TextVectorizerOptions.TermTable.ReadJson(
            Encoding.UTF8.GetBytes(json.Member("text").GetRawText()), $"{json.Path}, text", TextVectorizerOptions.Earlier);
        if (json.Root.TryGetProperty("textEncoder", out var encoder))
            options = TextVectorizerOptions.EncoderTable.ReadJson(Encoding.UTF8.GetBytes(encoder.GetRawText()), $"{json.Path}, textEncoder", options with { EncoderEightBit = false });
        return WithinCounts(options).Validate();
    }

    // Earlier versions let through more than can be counted; predictions do not depend on it.
    private static TextVectorizerOptions WithinCounts(TextVectorizerOptions options) =>
        options with { MaxCountedTerms = Math.Min(options.MaxCountedTerms, TextVectorizerOptions.MostCountedTerms) };

    private static WordEndings? ReadEndings(JsonFile json)
    {
        if (!json.Root.TryGetProperty("nameEndings", out var member))
            return null;
        return member.ValueKind == JsonValueKind.String && Enum.TryParse<WordEndings>(member.GetString(), ignoreCase: true, out var endings) && endings != WordEndings.Auto
            ? endings
            : throw new LightDxmlException($"{json.Path}: found {member.GetRawText()} as nameEndings, expected none, plural, prefix or alike.");
    }

    private static TextReadOptions? ReadReading(JsonFile json) => json.Root.TryGetProperty("reading", out var reading)
        ? TextReadOptions.Stored.FromJson(reading.GetRawText(), $"{json.Path}, reading").Validate()
        : null;

    private static ModelConfiguration ReadFirstVersion(JsonFile json)
    {
        var options = Settings.OfModel(json.Member("settings").GetRawText(), $"{json.Path}, settings");
        options = (options with { Text = WithinCounts(options.Text) }).Validate();
        TrainingStatistics statistics;
        try
        {
            statistics = TrainingStatistics.Read(json.Member("statistics"));
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new LightDxmlException($"{json.Path}: damaged: statistics: {fault.Message}", fault);
        }

        return new ModelConfiguration(
            statistics.FeatureCount, statistics.LabelCount, options.Encoder.Dimensions,
            TrainingPlan.Inference(options, statistics.PointCount, statistics.LabelCount),
            new TextPartsPresent(json.Flag("labelNames"), json.Flag("labelIds"), json.Flag("vocabulary") ? options.Text : null, Reading: null),
            new TrainingRecord(options, statistics));
    }
}
