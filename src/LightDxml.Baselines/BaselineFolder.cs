using System.Text.Json;
using System.Text.Json.Serialization;
using LightDxml.Baselines.FastText;
using LightDxml.Baselines.InstanceTrees;
using LightDxml.Baselines.LabelTrees;
using LightDxml.Baselines.Neighbours;
using LightDxml.Baselines.Perceptron;
using LightDxml.Baselines.Simple;
using LightDxml.Baselines.Slice;
using LightDxml.Models;
using LightDxml.Storage;

namespace LightDxml.Baselines;

/// <summary>
/// A comparator on disk: <c>model.safetensors</c> (parameters) and <c>config.json</c> (family, settings, statistics).
/// Written whole or not at all; saving and loading gives the same predictions.
/// </summary>
internal static class BaselineFolder
{
    private const string Format = "lightdxml-baseline";
    private const int Version = 1;

    private static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <exception cref="LightDxmlException">The folder exists, is not empty, and is not a model.</exception>
    public static void Save(BaselineModel model, BaselineStatistics statistics, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        AtomicFolder.Write(folder, ModelFolder.ConfigurationFile, temporary =>
        {
            var writer = new SafetensorsWriter();
            writer.AddMetadata("format", Format);
            model.AddTensors(writer);
            using (var stream = new FileStream(Path.Combine(temporary, ModelFolder.TensorFile), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20))
                writer.WriteTo(stream);
            var configuration = new Configuration(Format, Version, model.Family, model.FeatureCount, model.LabelCount, JsonSerializer.SerializeToElement(model.Options, Layout), statistics);
            File.WriteAllBytes(Path.Combine(temporary, ModelFolder.ConfigurationFile), JsonSerializer.SerializeToUtf8Bytes(configuration, Layout));
        });
    }

    /// <summary>Makes known to <see cref="ModelStore"/> how models of this format are read.</summary>
    public static void Register() => ModelStore.Register(Format, "a baseline", files => Load(files).Model);

    /// <exception cref="LightDxmlException">There is no comparator's model, a file of it is missing or damaged, or it is of a later version.</exception>
    public static (BaselineModel Model, BaselineStatistics Statistics) Load(string folder) => Load(ModelFolder.Files(folder));

    internal static (BaselineModel Model, BaselineStatistics Statistics) Load(ModelFiles files)
    {
        var path = files.NameOf(ModelFolder.ConfigurationFile);
        var configuration = ReadConfiguration(files, path);
        using var file = files.OpenTensors(ModelFolder.TensorFile);
        var (features, labels) = (configuration.FeatureCount, configuration.LabelCount);
        BaselineModel model = configuration.Family switch
        {
            LabelTreeModel.FamilyName => LabelTreeModel.Read(file, Settings<LabelTreeOptions>(), features, labels),
            MostFrequentModel.FamilyName => MostFrequentModel.Read(file, features, labels),
            NeighbourModel.FamilyName => NeighbourModel.Read(file, Settings<NeighbourOptions>(), features, labels),
            FastTextModel.FamilyName => FastTextModel.Read(file, Settings<FastTextOptions>(), features, labels),
            PerceptronModel.FamilyName => PerceptronModel.Read(file, Settings<PerceptronOptions>(), features, labels),
            SliceModel.FamilyName => SliceModel.Read(file, Settings<SliceOptions>(), features, labels),
            InstanceTreeModel.FamilyName => InstanceTreeModel.Read(file, Settings<InstanceTreeOptions>(), features, labels),
            var family => throw new LightDxmlException($"{path}: '{family}' is not a family of models that this program knows."),
        };
        return (model, configuration.Statistics);

        TOptions Settings<TOptions>()
        {
            try
            {
                return configuration.Settings.Deserialize<TOptions>(Layout) ?? throw new LightDxmlException($"{path}: settings is null.");
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException)
            {
                throw new LightDxmlException($"{path}: damaged: {fault.Message.Split(" Path:")[0]}", fault);
            }
        }
    }

    private static Configuration ReadConfiguration(ModelFiles files, string path)
    {
        Configuration? configuration;
        try
        {
            using var stream = files.OpenRead(ModelFolder.ConfigurationFile);
            configuration = JsonSerializer.Deserialize<Configuration>(stream, Layout);
        }
        catch (JsonException fault)
        {
            throw new LightDxmlException($"{path}: not the configuration of a comparator: {fault.Message.Split(" Path:")[0]}", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new LightDxmlException($"{path}: not the configuration of a comparator: it holds text that is not UTF-8.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"Cannot read {path}: {fault.Message}", fault);
        }

        if (configuration?.Format != Format)
            throw new LightDxmlException($"{path}: not the configuration of a comparator.");
        if (configuration.FormatVersion != Version)
            throw new LightDxmlException($"{path}: format version {configuration.FormatVersion} is not {Version}, the one that this program reads.");
        if (configuration.Settings.ValueKind != JsonValueKind.Object)
            throw new LightDxmlException($"{path}: damaged: settings is missing or no object.");
        if (configuration.Statistics is null)
            throw new LightDxmlException($"{path}: damaged: statistics is missing.");
        return configuration.FeatureCount >= 0 && configuration.LabelCount >= 0
            ? configuration
            : throw new LightDxmlException($"{path}: {configuration.FeatureCount} features and {configuration.LabelCount} labels are not a model's sizes.");
    }

    private sealed record Configuration(
        string Format, int FormatVersion, string Family, int FeatureCount, int LabelCount, JsonElement Settings, BaselineStatistics Statistics);
}
