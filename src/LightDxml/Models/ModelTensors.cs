using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Names;

namespace LightDxml.Models;

/// <summary>A model's parameters as tensors of <c>model.safetensors</c>.</summary>
internal static class ModelTensors
{
    private const string Embeddings = "encoder.embeddings";
    private const string ResidualWeight = "encoder.residual.weight";
    private const string ResidualBias = "encoder.residual.bias";
    private const string FeatureMeans = "features.means";
    private const string FeatureFactors = "features.factors";
    private const string ClassifierWeight = "classifier.weight";
    private const string ClassifierBias = "classifier.bias";
    private const string LabelEmbeddings = "label_embeddings";
    private const string LabelFrequencies = "label_frequencies";
    private const string ScoreWeightsName = "score_weights";
    private const string Sparse = "sparse";
    private const string SparseBias = "sparse.biases";
    private const string Centroids = "centroids";
    private const string Parts = "part_centroids";
    private const string PartLabels = "part_centroids.labels";
    private const string CalibrationScores = "calibration.scores";
    private const string CalibrationProbabilities = "calibration.probabilities";
    private const string OverallThreshold = "thresholds.overall";
    private const string LabelThresholds = "thresholds.per_label";
    private const string PrecisionThresholds = "thresholds.by_precision";
    private const int ScoreWeightCount = 7;
    private const string NameWeights = "score_weights.names";
    private const int NameWeightCount = 3;
    private const string NameDocuments = "names.documents";
    private const string NameSimilarities = "names.similarities";
    private const string UnseenWeightsName = "score_weights.unseen";

    public static SafetensorsWriter Of(Model model)
    {
        var network = model.Network;
        var (labels, dimensions) = (network.LabelCount, network.Dimensions);
        var precision = model.Inference.Precision;
        var writer = new SafetensorsWriter();
        writer.AddMetadata("format", ModelConfiguration.Format);
        if (model.FeatureScaling is { } scaling)
        {
            writer.Add<float>(FeatureMeans, TensorType.F32, [scaling.FeatureCount], scaling.Means);
            writer.Add<float>(FeatureFactors, TensorType.F32, [scaling.FeatureCount], scaling.Factors);
        }

        DenseTensors.Add(writer, Embeddings, network.Embeddings.ToMatrix(), dimensions, precision);
        DenseTensors.Add(writer, ClassifierWeight, network.Classifier, dimensions, precision);
        DenseTensors.Add(writer, LabelEmbeddings, model.LabelEmbeddings, dimensions, precision);
        DenseTensors.Add(writer, ResidualWeight, network.ResidualWeights, dimensions, ResidualPrecision(precision));
        writer.Add<float>(ResidualBias, TensorType.F32, [dimensions], network.ResidualBias.Row(0).ToArray());
        var biases = new float[labels];
        for (var label = 0; label < labels; label++)
            biases[label] = network.Classifier.Row(label)[dimensions];
        writer.Add<float>(ClassifierBias, TensorType.F32, [labels], biases);
        if (model.LabelFrequencies is { } frequencies)
            writer.Add<int>(LabelFrequencies, TensorType.I32, [labels], frequencies);
        if (model.ScoreWeights is { } weights)
        {
            writer.Add<float>(
                ScoreWeightsName, TensorType.F32, [ScoreWeightCount],
                new[] { weights.Logit, weights.Margin, weights.Cosine, weights.Centroid, weights.Frequency, weights.FrequencyMargin, weights.Intercept });
        }

        if (model.ScoreWeights is { CountsNames: true } named)
            writer.Add<float>(NameWeights, TensorType.F32, [NameWeightCount], new[] { named.Name, named.NameCoverage, named.FrequencyName });
        if (model.ScoreWeights?.Unseen is { } unseen)
            writer.Add<float>(UnseenWeightsName, TensorType.F32, [UnseenWeights.Count], new[] { unseen.Similarity, unseen.Coverage, unseen.Information, unseen.Documents, unseen.Twentieth, unseen.Intercept });
        if (model.NameStatistics is { } names)
        {
            writer.Add<int>(NameDocuments, TensorType.I32, [names.Count], names.Documents);
            writer.Add<float>(NameSimilarities, TensorType.F32, [names.Count], names.Similarities);
        }

        if (model.Calibration is { } calibration)
        {
            writer.Add<float>(CalibrationScores, TensorType.F32, [calibration.Scores.Length], calibration.Scores.ToArray());
            writer.Add<float>(CalibrationProbabilities, TensorType.F32, [calibration.Probabilities.Length], calibration.Probabilities.ToArray());
        }

        if (model.Thresholds is { } thresholds)
        {
            writer.Add<float>(OverallThreshold, TensorType.F32, [1], new[] { thresholds.Overall });
            writer.Add<float>(LabelThresholds, TensorType.F32, [labels], thresholds.PerLabel);
            writer.Add<float>(PrecisionThresholds, TensorType.F32, [DecisionThresholds.PrecisionSteps], thresholds.ByPrecision);
        }

        if (model.Sparse is { } sparse)
        {
            SparseTensors.Add(writer, Sparse, sparse.Weights, precision);
            writer.Add<float>(SparseBias, TensorType.F32, [labels], sparse.Biases);
        }

        if (model.Centroids is { } centroids)
            SparseTensors.Add(writer, Centroids, centroids, precision);
        if (model.PartCentroids is { } parts)
        {
            SparseTensors.Add(writer, Parts, parts.Rows, precision);
            writer.Add<int>(PartLabels, TensorType.I32, [parts.Labels.Length], parts.Labels);
        }

        return writer;
    }

    /// <exception cref="LightDxmlException">A tensor is missing, or tensors disagree in their sizes.</exception>
    /// <param name="mapped">Whether token embeddings of four bits stay in the file, which must then live as long as the model.</param>
    public static Model Read(SafetensorsFile file, InferenceSettings inference, bool mapped)
    {
        var precision = inference.Precision;
        var type = DenseTensors.Type(precision);
        var embeddings = file.Find(Embeddings, type, 2);
        var classifier = file.Find(ClassifierWeight, type, 2);
        var (features, labels, dimensions) = (embeddings.Shape[0], classifier.Shape[0], file.Find(ResidualBias, TensorType.F32, 1).Shape[0]);
        if (Math.Max(features, Math.Max(labels, dimensions)) >= int.MaxValue || dimensions == 0)
            throw new LightDxmlException($"{file.Path}: {features} features, {labels} labels and {dimensions} dimensions are not a model's sizes.");
        var width = (int)dimensions;
        DenseTensors.Expect(file, ClassifierWeight, (int)labels, width, precision);
        var weights = new DenseMatrix((int)labels, width + 1);
        DenseTensors.Read(file, ClassifierWeight, weights, width, precision);
        var biases = ReadVector<float>(file, ClassifierBias, TensorType.F32, labels);
        for (var label = 0; label < labels; label++)
            weights.Row(label)[width] = biases[label];
        var residualBias = new DenseMatrix(1, width);
        ReadVector<float>(file, ResidualBias, TensorType.F32, width).CopyTo(residualBias.Row(0));
        var network = new DenseNetwork(
            ReadEmbeddings(file, (int)features, width, precision, mapped),
            DenseTensors.Read(file, ResidualWeight, width, width, file.Has(DenseTensors.ScaleName(ResidualWeight)) ? Precision.Int8 : Precision.Float32),
            residualBias,
            weights);
        return new Model(network, DenseTensors.Read(file, LabelEmbeddings, (int)labels, width, precision), inference)
        {
            FeatureScaling = file.Has(FeatureFactors)
                ? new FeatureScaling(ReadVector<float>(file, FeatureMeans, TensorType.F32, features), ReadVector<float>(file, FeatureFactors, TensorType.F32, features))
                : null,
            LabelFrequencies = file.Has(LabelFrequencies) ? ReadVector<int>(file, LabelFrequencies, TensorType.I32, labels) : null,
            ScoreWeights = ReadScoreWeights(file),
            NameStatistics = ReadNameStatistics(file),
            Calibration = ReadCalibration(file),
            Thresholds = ReadThresholds(file, labels),
            Sparse = SparseTensors.Read(file, Sparse, (int)labels, (int)features, precision) is { } sparse
                ? new SparseClassifier(sparse, ReadVector<float>(file, SparseBias, TensorType.F32, labels))
                : null,
            Centroids = SparseTensors.Read(file, Centroids, (int)labels, (int)features, precision),
            PartCentroids = ReadParts(file, (int)labels, (int)features, precision),
        };
    }

    /// <summary>The residual weights are used for every document: they keep eight bits at least.</summary>
    internal static Precision ResidualPrecision(Precision precision) => precision == Precision.Float32 ? Precision.Float32 : Precision.Int8;

    private static PartCentroids? ReadParts(SafetensorsFile file, int labels, int features, Precision precision)
    {
        if (!file.Has(PartLabels))
            return null;
        var labelOfPart = ReadVector<int>(file, PartLabels, TensorType.I32, file.Find(PartLabels, TensorType.I32, 1).Shape[0]);
        if (labelOfPart.Any(label => label < 0 || label >= labels))
            throw new LightDxmlException($"{file.Path}: '{PartLabels}' names a label that is not below {labels}.");
        var rows = SparseTensors.Read(file, Parts, labelOfPart.Length, features, precision)
            ?? throw new LightDxmlException($"{file.Path}: '{Parts}' has labels but no rows.");
        return new PartCentroids(rows, labelOfPart);
    }

    private static NameStatistics? ReadNameStatistics(SafetensorsFile file)
    {
        if (!file.Has(NameDocuments))
            return null;
        var labels = file.Find(NameDocuments, TensorType.I32, 1).Shape[0];
        return new NameStatistics(ReadVector<int>(file, NameDocuments, TensorType.I32, labels), ReadVector<float>(file, NameSimilarities, TensorType.F32, labels));
    }

    private static ScoreWeights? ReadScoreWeights(SafetensorsFile file)
    {
        if (!file.Has(ScoreWeightsName))
            return null;
        var weights = ReadVector<float>(file, ScoreWeightsName, TensorType.F32, ScoreWeightCount);
        var names = file.Has(NameWeights) ? ReadVector<float>(file, NameWeights, TensorType.F32, NameWeightCount) : new float[NameWeightCount];
        return new ScoreWeights(weights[0], weights[1], weights[2], weights[3], weights[4], weights[5], weights[6])
        {
            Name = names[0],
            NameCoverage = names[1],
            FrequencyName = names[2],
            Unseen = file.Has(UnseenWeightsName) && ReadVector<float>(file, UnseenWeightsName, TensorType.F32, UnseenWeights.Count) is [var similarity, var coverage, var information, var documents, var twentieth, var intercept]
                ? new UnseenWeights(similarity, coverage, information, documents, twentieth, intercept)
                : null,
        };
    }

    private static ScoreCalibration? ReadCalibration(SafetensorsFile file)
    {
        if (!file.Has(CalibrationScores))
            return null;
        var knots = file.Find(CalibrationScores, TensorType.F32, 1).Shape[0];
        try
        {
            return new ScoreCalibration(
                ReadVector<float>(file, CalibrationScores, TensorType.F32, knots), ReadVector<float>(file, CalibrationProbabilities, TensorType.F32, knots));
        }
        catch (LightDxmlException fault) when (!fault.Message.StartsWith(file.Path, StringComparison.Ordinal))
        {
            throw new LightDxmlException($"{file.Path}: {fault.Message}", fault);
        }
    }

    private static DecisionThresholds? ReadThresholds(SafetensorsFile file, long labels) => file.Has(OverallThreshold)
        ? new DecisionThresholds(
            ReadVector<float>(file, OverallThreshold, TensorType.F32, 1)[0],
            ReadVector<float>(file, LabelThresholds, TensorType.F32, labels),
            ReadVector<float>(file, PrecisionThresholds, TensorType.F32, DecisionThresholds.PrecisionSteps))
        : null;

    internal static T[] ReadVector<T>(SafetensorsFile file, string name, TensorType type, long length)
        where T : unmanaged
    {
        var entry = Expect(file, file.Find(name, type, 1), length);
        var vector = new T[length];
        file.Read<T>(entry, 0, vector);
        if (vector is float[] numbers && name is not (OverallThreshold or LabelThresholds or PrecisionThresholds)) // an infinite threshold takes no label
            CheckFinite(file, name, numbers);
        return vector;
    }

    /// <exception cref="LightDxmlException">One of them is infinite or no number.</exception>
    internal static void CheckFinite(SafetensorsFile file, string name, ReadOnlySpan<float> values)
    {
        if (!FiniteCheck.Holds(values))
            throw new LightDxmlException($"{file.Path}: tensor '{name}' holds a value that is infinite or not a number; the file is damaged, or its training diverged.");
    }

    internal static SafetensorsEntry Expect(SafetensorsFile file, SafetensorsEntry entry, params ReadOnlySpan<long> shape) =>
        shape.SequenceEqual([.. entry.Shape])
            ? entry
            : throw new LightDxmlException($"{file.Path}: tensor {entry} should have the shape [{string.Join(", ", shape.ToArray())}].");

    private static TokenEmbeddings ReadEmbeddings(SafetensorsFile file, int features, int dimensions, Precision precision, bool mapped)
    {
        var entry = file.Find(Embeddings, DenseTensors.Type(precision), 2);
        if (!mapped || precision != Precision.Int4 || entry.ByteLength > int.MaxValue)
            return new DenseEmbeddings(DenseTensors.Read(file, Embeddings, features, dimensions, precision));
        Expect(file, entry, features, DenseTensors.StoredWidth(dimensions, precision));
        return new PackedEmbeddings(file, entry, ReadVector<float>(file, DenseTensors.ScaleName(Embeddings), TensorType.F32, features), dimensions);
    }
}
