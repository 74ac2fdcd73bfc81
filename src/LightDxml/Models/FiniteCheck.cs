using System.Numerics.Tensors;
using LightDxml.Data;

namespace LightDxml.Models;

/// <summary>Whether parameters and features are numbers to predict with.</summary>
internal static class FiniteCheck
{
    /// <returns>False where one is infinite or no number.</returns>
    public static bool Holds(ReadOnlySpan<float> values) => values.IsEmpty || TensorPrimitives.IsFiniteAll(values); // of none it says false

    /// <summary>Whether all numbers that are stored with a model can be read again.</summary>
    /// <inheritdoc cref="Holds(ReadOnlySpan{float})"/>
    public static bool Holds(Model model)
    {
        var network = model.Network;
        return Holds(network.Classifier) && Holds(network.ResidualWeights) && Holds(network.ResidualBias)
            && Holds(model.LabelEmbeddings) && Holds(network.Embeddings.ToMatrix())
            && (model.Sparse is not { } sparse || (Holds(sparse.Weights) && Holds(sparse.Biases)))
            && (model.Centroids is not { } centroids || Holds(centroids))
            && (model.PartCentroids is not { } parts || Holds(parts.Rows))
            && (model.ScoreWeights is not { } weights || Holds(weights))
            && (model.NameStatistics is not { } names || Holds(names.Similarities))
            && (model.Thresholds is not { } thresholds || Holds(thresholds));
    }

    /// <exception cref="LightDxmlException">Features have no values, or one is infinite or no number.</exception>
    public static void Require(SparseMatrix features)
    {
        if (!features.HasValues && features.NonZeroCount > 0)
            throw new LightDxmlException("The documents have features without values, as a matrix of labels has them; each needs a value.");
        if (features.HasValues && BadRow(features) is var row and >= 0)
            throw new LightDxmlException($"Row {row} of the documents, counted from 0, has a value that is infinite or no number.");
    }

    private static bool Holds(SparseMatrix matrix) => BadRow(matrix) < 0;

    /// <returns>The first row that holds what is no number; −1 where none does.</returns>
    private static int BadRow(SparseMatrix matrix)
    {
        for (var row = 0; row < matrix.RowCount; row++)
        {
            if (!Holds(matrix.RowValues(row)))
                return row;
        }

        return -1;
    }

    private static bool Holds(ScoreWeights weights) =>
        Holds([weights.Logit, weights.Margin, weights.Cosine, weights.Centroid, weights.Frequency, weights.FrequencyMargin, weights.Intercept])
        && Holds([weights.Name, weights.NameCoverage, weights.FrequencyName])
        && (weights.Unseen is not { } unseen || Holds([unseen.Similarity, unseen.Coverage, unseen.Information, unseen.Documents, unseen.Twentieth, unseen.Intercept]));

    // An infinite threshold takes no label.
    private static bool Holds(DecisionThresholds thresholds) =>
        !float.IsNaN(thresholds.Overall) && !Array.Exists(thresholds.PerLabel, float.IsNaN) && !Array.Exists(thresholds.ByPrecision, float.IsNaN);

    private static bool Holds(DenseMatrix matrix)
    {
        for (var row = 0; row < matrix.RowCount; row++)
        {
            if (!Holds(matrix.Row(row)))
                return false;
        }

        return true;
    }
}
