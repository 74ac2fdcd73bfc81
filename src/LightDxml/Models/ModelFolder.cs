using LightDxml.Storage;

namespace LightDxml.Models;

/// <summary>
/// A model on disk: <c>model.safetensors</c> (parameters), <c>config.json</c> (settings and statistics) and, where labels
/// have names, <c>labels.txt</c>; of a model of raw text also <c>vocabulary.txt</c> and <c>label-ids.txt</c>. Saving and
/// loading gives the same bits.
/// </summary>
public static class ModelFolder
{
    public const string TensorFile = "model.safetensors";
    public const string ConfigurationFile = "config.json";
    public const string LabelFile = "labels.txt";
    public const string LabelIdFile = "label-ids.txt";
    public const string VocabularyFile = "vocabulary.txt";

    /// <summary>Throws where <see cref="Save"/> would refuse <paramref name="folder"/>, before a model is trained in vain.</summary>
    /// <exception cref="LightDxmlException">The folder exists, is not empty, and is neither a model nor an ensemble.</exception>
    public static void CheckTarget(string folder) => AtomicFolder.CheckTarget(folder, ConfigurationFile, EnsembleFolder.ConfigurationFile);

    /// <summary>Writes the model, in place of the one that may be there; a killed process leaves the one or the other.</summary>
    /// <exception cref="LightDxmlException">The folder exists, is not empty, and is neither a model nor an ensemble; or the model's parts disagree in their sizes.</exception>
    public static void Save(Model model, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        CheckSizes(model, folder);
        AtomicFolder.Write(folder, ConfigurationFile, temporary =>
        {
            using (var stream = new FileStream(Path.Combine(temporary, TensorFile), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20))
                ModelTensors.Of(model).WriteTo(stream);
            TextParts.Write(model, temporary);
            ModelConfiguration.Of(model).Write(Path.Combine(temporary, ConfigurationFile));
        }, EnsembleFolder.ConfigurationFile);
    }

    /// <summary>Reads a model into memory; everything is checked before it is used.</summary>
    /// <exception cref="LightDxmlException">There is no model, a file of it is missing or damaged, or it is of a later version.</exception>
    public static Model Load(string folder) => Read(folder, mapped: false);

    /// <summary>
    /// Opens a model to predict with: token embeddings of four bits, the largest part of most models, stay in the mapped file
    /// and are read where they lie. The file stays open until the model is disposed of or, some time after its last use, collected.
    /// </summary>
    /// <exception cref="LightDxmlException">There is no model, a file of it is missing or damaged, or it is of a later version.</exception>
    public static Model Open(string folder) => Read(folder, mapped: true);

    private static Model Read(string folder, bool mapped)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var configurationPath = Path.Combine(folder, ConfigurationFile);
        if (!File.Exists(configurationPath))
            throw Missing(folder);
        var configuration = ModelConfiguration.Read(configurationPath);
        var file = new SafetensorsFile(Path.Combine(folder, TensorFile));
        Model model;
        try
        {
            model = ModelTensors.Read(file, configuration.Options, configuration.Statistics, mapped);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        if (model.Network.Embeddings is DenseEmbeddings)
            file.Dispose();
        try
        {
            model = TextParts.Read(model, folder, configuration.HasLabelNames, configuration.HasLabelIds, configuration.HasVocabulary);
            CheckSizes(model, folder);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    // Parameters and configuration that belong to each other agree in their sizes.
    private static void CheckSizes(Model model, string folder)
    {
        var (network, statistics, dimensions) = (model.Network, model.Statistics, model.Options.Encoder.Dimensions);
        if (network.FeatureCount != statistics.FeatureCount || network.LabelCount != statistics.LabelCount || network.Dimensions != dimensions)
        {
            throw new LightDxmlException(
                $"{folder}: the parameters have {network.FeatureCount} features, {network.LabelCount} labels and {network.Dimensions} dimensions, " +
                $"but settings and statistics speak of {statistics.FeatureCount}, {statistics.LabelCount} and {dimensions}.");
        }
    }

    private static LightDxmlException Missing(string folder)
    {
        var unfinished = AtomicFolder.Leftovers(folder);
        var hint = unfinished.Count > 0 ? $" A save that was cut short left {unfinished[0]}; it can be deleted." : "";
        return new LightDxmlException($"{folder} is not a model folder: {ConfigurationFile} is missing.{hint}");
    }
}
