using System.Text.Json;
using LightDxml.Storage;

namespace LightDxml.Models;

/// <summary>
/// The files of one model: <c>model.safetensors</c> (parameters), <c>config.json</c> (what prediction has to know),
/// <c>training.json</c> (how the model came about) and, where labels have names, <c>labels.txt</c>; of a model of raw text
/// also <c>vocabulary.txt</c> and <c>label-ids.txt</c>. Saving and loading gives the same bits.
/// </summary>
internal static class ModelFolder
{
    public const string TensorFile = "model.safetensors";
    public const string ConfigurationFile = "config.json";
    public const string TrainingFile = "training.json";

    private static readonly HashSet<string> OwnFiles =
    [
        TensorFile, ConfigurationFile, TrainingFile, EnsembleFolder.FormerConfigurationFile,
        TextParts.LabelFile, TextParts.LabelIdFile, TextParts.LabelTextFileName, TextParts.HierarchyFile, TextParts.VocabularyFile, TextParts.FeatureFile,
    ];

    /// <summary>Throws where a save would refuse <paramref name="folder"/>, before a model is trained in vain.</summary>
    /// <exception cref="LightDxmlException">The folder exists, is not empty, and is not a model.</exception>
    public static void CheckTarget(string folder)
    {
        AtomicFolder.CheckTarget(folder, MarkerAt(folder));

        // Many programs call a file config.json; only what says that it is a model may be replaced.
        var files = new FolderFiles(folder);
        if (files.Has(MarkerAt(folder)) && !ModelStore.IsModel(files, MarkerAt(folder)))
            throw new LightDxmlException($"{folder} exists and its {MarkerAt(folder)} is not a model's; it is left as it is.");
    }

    /// <summary>Writes the model, in place of the one that may be there; a killed process leaves the one or the other.</summary>
    /// <exception cref="LightDxmlException">The folder exists, is not empty, and is not a model.</exception>
    public static void Save(Model model, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.CheckParts(folder);
        Save(folder, temporary => Write(model, temporary));
    }

    /// <summary>Fills a folder with models' files and puts it in place of the model that may be there.</summary>
    /// <param name="write">Fills the folder whose path it is given; <see cref="ConfigurationFile"/> comes last.</param>
    internal static void Save(string folder, Action<string> write)
    {
        CheckTarget(folder);
        AtomicFolder.Write(folder, MarkerAt(folder), IsOwn, write);
    }

    /// <summary>Writes the files of a model into an empty folder.</summary>
    internal static void Write(Model model, string folder)
    {
        WriteTensors(folder, ModelTensors.Of(model));
        TextParts.Write(model, folder);
        if (model.Training is { } training)
            WriteJson(Path.Combine(folder, TrainingFile), training.Write);
        WriteConfiguration(folder, ModelConfiguration.Of(model).Write);
    }

    /// <summary>Writes <see cref="ConfigurationFile"/>, the last file of a folder.</summary>
    /// <param name="write">Writes its members; <see cref="SavedFiles"/> follow.</param>
    internal static void WriteConfiguration(string folder, Action<Utf8JsonWriter> write) => WriteJson(Path.Combine(folder, ConfigurationFile), writer =>
    {
        write(writer);
        SavedFiles.Write(folder, writer);
    });

    /// <summary>Writes tensors as <see cref="TensorFile"/>.</summary>
    internal static void WriteTensors(string folder, SafetensorsWriter tensors)
    {
        using var stream = new FileStream(Path.Combine(folder, TensorFile), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
        tensors.WriteTo(stream);
    }

    private static void WriteJson(string path, Action<Utf8JsonWriter> write)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        File.WriteAllBytes(path, JsonSeal.Close(json.GetBuffer().AsSpan(0, (int)json.Length)));
    }

    /// <summary>Reads a model into memory; everything is checked before it is used.</summary>
    /// <exception cref="LightDxmlException">There is no model, a file of it is missing or damaged, or it is of a later version.</exception>
    public static Model Load(string folder) => Read(Files(folder), mapped: false);

    /// <summary>
    /// Opens a model to predict with: token embeddings of four bits, the largest part of most models, stay in the mapped file
    /// and are read where they lie. The file stays open until the model is disposed.
    /// </summary>
    /// <exception cref="LightDxmlException">There is no model, a file of it is missing or damaged, or it is of a later version.</exception>
    public static Model Open(string folder) => Read(Files(folder), mapped: true);

    /// <summary>The files of a model folder.</summary>
    /// <exception cref="LightDxmlException">There is no model.</exception>
    internal static ModelFiles Files(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var files = new FolderFiles(folder);
        if (files.Has(ConfigurationFile) || files.Has(EnsembleFolder.FormerConfigurationFile))
            return files;
        var unfinished = AtomicFolder.Leftovers(folder);
        var hint = unfinished switch
        {
            [] => "",
            _ when unfinished.Where(left => File.Exists(Path.Combine(left, ConfigurationFile))).MaxBy(Directory.GetLastWriteTimeUtc) is { } whole =>
                $" A save that was cut short left {whole}, which is whole; it can be given the name.",
            [var left, ..] => $" A save that was cut short left {left}; it can be deleted.",
        };
        throw new LightDxmlException($"{folder} is not a model folder: {ConfigurationFile} is missing.{hint}");
    }

    internal static Model Read(ModelFiles files, bool mapped)
    {
        var configuration = ModelConfiguration.Read(files);
        if (configuration.Files is { } saved)
            files = new CheckedFiles(files, saved);
        var file = files.OpenTensors(TensorFile);
        Model? model = null;
        try
        {
            model = ModelTensors.Read(file, configuration.Inference, mapped);
            CheckSizes(model, configuration, files);
            model = TextParts.Read(model, files, configuration.Parts);
            model.CheckParts(files.Name);
        }
        catch
        {
            model?.Dispose();
            file.Dispose();
            throw;
        }

        if (model.Network.Embeddings is DenseEmbeddings)
            file.Dispose();
        return model with { Training = configuration.Record ?? ReadTraining(files) };
    }

    private static TrainingRecord? ReadTraining(ModelFiles files)
    {
        if (!files.Has(TrainingFile))
            return null;
        try
        {
            using var stream = files.OpenRead(TrainingFile);
            return TrainingRecord.Read(stream, files.NameOf(TrainingFile));
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or LightDxmlException)
        {
            // Provenance that cannot be read keeps no one from predicting.
            return null;
        }
    }

    // Parameters and configuration that belong to each other agree in their sizes.
    private static void CheckSizes(Model model, ModelConfiguration configuration, ModelFiles files)
    {
        var network = model.Network;
        if (network.FeatureCount != configuration.FeatureCount || network.LabelCount != configuration.LabelCount || network.Dimensions != configuration.Dimensions)
        {
            throw new LightDxmlException(
                $"{files.Name}: the parameters have {network.FeatureCount} features, {network.LabelCount} labels and {network.Dimensions} dimensions, " +
                $"but {ConfigurationFile} speaks of {configuration.FeatureCount}, {configuration.LabelCount} and {configuration.Dimensions}.");
        }
    }

    /// <summary>Whether a file of a model, or of a member of an ensemble, may have the path within the folder. Others in a model's folder are someone else's, and stay.</summary>
    internal static bool IsOwn(string file) =>
        OwnFiles.Contains(Path.GetFileName(file)) && Path.GetDirectoryName(file) is var folder && (string.IsNullOrEmpty(folder) || EnsembleFolder.IsMember(folder));

    // A folder is complete, and a model that may be replaced, where it has the file that is written last.
    private static string MarkerAt(string folder) =>
        File.Exists(Path.Combine(folder, EnsembleFolder.FormerConfigurationFile)) ? EnsembleFolder.FormerConfigurationFile : ConfigurationFile;
}
