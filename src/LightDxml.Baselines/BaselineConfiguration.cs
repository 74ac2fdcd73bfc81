using System.Text.Json;
using System.Text.Json.Serialization;
using LightDxml.Models;

namespace LightDxml.Baselines;

/// <summary><c>config.json</c> of a baseline's folder.</summary>
/// <param name="Settings">An object of the settings of the family's options record.</param>
internal sealed record BaselineConfiguration(
    string Format, int FormatVersion, string Family, int FeatureCount, int LabelCount, JsonElement Settings, BaselineStatistics Statistics)
{
    /// <summary>As <see cref="SavedFiles"/> wrote them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, string>? Files { get; init; }

    /// <summary>As <see cref="JsonSeal"/> wrote it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Checksum { get; init; }

    public const string CurrentFormat = "lightdxml-baseline";

    /// <summary>Version 1 had no checksums.</summary>
    private const int CurrentVersion = 2;

    public static BaselineConfiguration Of(BaselineModel model, BaselineStatistics statistics)
    {
        using var settings = new MemoryStream();
        using (var writer = new Utf8JsonWriter(settings))
            model.WriteSettings(writer);
        var element = JsonElement.Parse(settings.GetBuffer().AsSpan(0, (int)settings.Length));
        return new BaselineConfiguration(CurrentFormat, CurrentVersion, model.Family, model.FeatureCount, model.LabelCount, element, statistics);
    }

    public void Write(Utf8JsonWriter writer)
    {
        foreach (var member in JsonSerializer.SerializeToElement(this, BaselineJson.Default.BaselineConfiguration).EnumerateObject())
            member.WriteTo(writer);
    }

    /// <exception cref="LightDxmlException">Not readable, not the configuration of a baseline, or of a later version.</exception>
    public static BaselineConfiguration Read(ModelFiles files)
    {
        var path = files.NameOf(ModelFolder.ConfigurationFile);
        BaselineConfiguration? read;
        try
        {
            using var stream = files.OpenRead(ModelFolder.ConfigurationFile);
            read = JsonSerializer.Deserialize(stream, BaselineJson.Default.BaselineConfiguration);
        }
        catch (JsonException fault)
        {
            throw new LightDxmlException($"{path}: not the configuration of a baseline: {fault.Message.Split(" Path:")[0].ReplaceLineEndings(" ")}", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new LightDxmlException($"{path}: not the configuration of a baseline: it holds text that is not UTF-8.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"Cannot read {path}: {fault.Message}", fault);
        }

        if (read?.Format != CurrentFormat)
            throw new LightDxmlException($"{path}: not the configuration of a baseline.");
        if (read.FormatVersion is < 1 or > CurrentVersion)
            throw new LightDxmlException($"{path}: this program reads format versions 1 to {CurrentVersion}, but found {read.FormatVersion}.");
        return read.FeatureCount >= 0 && read.LabelCount >= 0
            ? read
            : throw new LightDxmlException($"{path}: {read.FeatureCount} features and {read.LabelCount} labels are not a model's sizes.");
    }
}

/// <summary>Reading and writing of <see cref="BaselineConfiguration"/>, generated when the library is built: nothing of it is found by reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BaselineConfiguration))]
internal sealed partial class BaselineJson : JsonSerializerContext;
