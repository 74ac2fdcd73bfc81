using System.Runtime.InteropServices;
using LightDxml.Data;
using LightDxml.Storage;
using LightDxml.Text;

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

    private const string Embeddings = "encoder.embeddings";
    private const string ResidualWeight = "encoder.residual.weight";
    private const string ResidualBias = "encoder.residual.bias";
    private const string ClassifierWeight = "classifier.weight";
    private const string ClassifierBias = "classifier.bias";
    private const string LabelEmbeddings = "label_embeddings";

    /// <summary>Throws where <see cref="Save"/> would refuse <paramref name="folder"/>, before a model is trained in vain.</summary>
    /// <exception cref="LightDxmlException">The folder exists, is not empty, and is not a model.</exception>
    public static void CheckTarget(string folder) => AtomicFolder.CheckTarget(folder, ConfigurationFile);

    /// <summary>Writes the model, in place of the one that may be there; a killed process leaves the one or the other.</summary>
    /// <exception cref="LightDxmlException">The folder exists, is not empty, and is not a model; or the model's parts disagree in their sizes.</exception>
    public static void Save(Model model, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        CheckSizes(model, folder);
        AtomicFolder.Write(folder, ConfigurationFile, temporary =>
        {
            using (var stream = new FileStream(Path.Combine(temporary, TensorFile), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20))
                Tensors(model).WriteTo(stream);
            if (model.LabelNames is { } names)
                LabelNameFile.Write(names, Path.Combine(temporary, LabelFile));
            if (model.LabelIds is { } ids)
                LabelNameFile.Write(ids, Path.Combine(temporary, LabelIdFile));
            model.Vectorizer?.Write(Path.Combine(temporary, VocabularyFile));
            ModelConfiguration.Of(model).Write(Path.Combine(temporary, ConfigurationFile));
        });
    }

    /// <summary>Reads a model; everything is checked before it is used.</summary>
    /// <exception cref="LightDxmlException">There is no model, a file of it is missing or damaged, or it is of a later version.</exception>
    public static Model Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var configurationPath = Path.Combine(folder, ConfigurationFile);
        if (!File.Exists(configurationPath))
            throw Missing(folder);
        var configuration = ModelConfiguration.Read(configurationPath);
        using var file = new SafetensorsFile(Path.Combine(folder, TensorFile));
        var (network, labelEmbeddings) = Parameters(file);
        var model = new Model(network, labelEmbeddings, configuration.Options, configuration.Statistics)
        {
            LabelNames = configuration.HasLabelNames ? LabelNameFile.Read(Path.Combine(folder, LabelFile), network.LabelCount) : null,
            LabelIds = configuration.HasLabelIds ? LabelNameFile.Read(Path.Combine(folder, LabelIdFile), network.LabelCount) : null,
            Vectorizer = configuration.HasVocabulary
                ? TextVectorizer.Read(Path.Combine(folder, VocabularyFile), configuration.Options.Text, network.FeatureCount)
                : null,
        };
        CheckSizes(model, folder);
        return model;
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

    private static SafetensorsWriter Tensors(Model model)
    {
        var network = model.Network;
        var (features, labels, dimensions) = (network.FeatureCount, network.LabelCount, network.Dimensions);
        var writer = new SafetensorsWriter();
        writer.AddMetadata("format", ModelConfiguration.Format);
        writer.Add(Embeddings, TensorType.F32, [features, dimensions], Rows(network.Embeddings, dimensions));
        writer.Add(ClassifierWeight, TensorType.F32, [labels, dimensions], Rows(network.Classifier, dimensions));
        writer.Add(LabelEmbeddings, TensorType.F32, [labels, dimensions], Rows(model.LabelEmbeddings, dimensions));
        writer.Add(ResidualWeight, TensorType.F32, [dimensions, dimensions], Rows(network.ResidualWeights, dimensions));
        writer.Add(ResidualBias, TensorType.F32, [dimensions], Rows(network.ResidualBias, dimensions));
        var biases = new float[labels];
        for (var label = 0; label < labels; label++)
            biases[label] = network.Classifier.Row(label)[dimensions];
        writer.Add<float>(ClassifierBias, TensorType.F32, [labels], biases);
        return writer;
    }

    // Padding columns, and the classifier's bias column, stay behind.
    private static Action<Stream> Rows(DenseMatrix matrix, int columns) => stream =>
    {
        for (var row = 0; row < matrix.RowCount; row++)
            stream.Write(MemoryMarshal.AsBytes(matrix.Row(row)[..columns]));
    };

    private static (DenseNetwork Network, DenseMatrix LabelEmbeddings) Parameters(SafetensorsFile file)
    {
        var embeddings = file.Find(Embeddings, TensorType.F32, 2);
        var classifier = file.Find(ClassifierWeight, TensorType.F32, 2);
        var (features, labels, dimensions) = (embeddings.Shape[0], classifier.Shape[0], embeddings.Shape[1]);
        if (Math.Max(features, Math.Max(labels, dimensions)) >= int.MaxValue || dimensions == 0)
            throw new LightDxmlException($"{file.Path}: {features} features, {labels} labels and {dimensions} dimensions are not a model's sizes.");
        var width = (int)dimensions;
        var weights = new DenseMatrix((int)labels, width + 1);
        ReadRows(file, classifier, weights, labels, width);
        var bias = Expect(file, file.Find(ClassifierBias, TensorType.F32, 1), labels);
        for (var label = 0; label < labels; label++)
            file.Read(bias, label, weights.Row(label)[width..]);
        var network = new DenseNetwork(
            ReadMatrix(file, embeddings, features, width),
            ReadMatrix(file, file.Find(ResidualWeight, TensorType.F32, 2), width, width),
            ReadMatrix(file, file.Find(ResidualBias, TensorType.F32, 1), 1, width),
            weights);
        return (network, ReadMatrix(file, file.Find(LabelEmbeddings, TensorType.F32, 2), labels, width));
    }

    private static DenseMatrix ReadMatrix(SafetensorsFile file, SafetensorsEntry entry, long rows, int columns)
    {
        var matrix = new DenseMatrix((int)rows, columns);
        ReadRows(file, entry, matrix, rows, columns);
        return matrix;
    }

    private static void ReadRows(SafetensorsFile file, SafetensorsEntry entry, DenseMatrix matrix, long rows, int columns)
    {
        if (entry.Shape.Count == 1)
            Expect(file, entry, columns);
        else
            Expect(file, entry, rows, columns);
        for (var row = 0; row < rows; row++)
            file.Read(entry, (long)row * columns, matrix.Row(row)[..columns]);
    }

    private static SafetensorsEntry Expect(SafetensorsFile file, SafetensorsEntry entry, params ReadOnlySpan<long> shape) =>
        shape.SequenceEqual([.. entry.Shape])
            ? entry
            : throw new LightDxmlException($"{file.Path}: tensor {entry} should have the shape [{string.Join(", ", shape.ToArray())}].");

    private static LightDxmlException Missing(string folder)
    {
        var unfinished = AtomicFolder.Leftovers(folder);
        var hint = unfinished.Count > 0 ? $" A save that was cut short left {unfinished[0]}; it can be deleted." : "";
        return new LightDxmlException($"{folder} is not a model folder: {ConfigurationFile} is missing.{hint}");
    }
}
