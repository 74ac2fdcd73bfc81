using System.Numerics.Tensors;
using LightDxml.Data;

namespace LightDxml.Models;

/// <summary>Whether parameters and features are numbers to predict with.</summary>
internal static class FiniteCheck
{
    /// <returns>False where one is infinite or no number.</returns>
    public static bool Holds(ReadOnlySpan<float> values) => values.IsEmpty || TensorPrimitives.IsFiniteAll(values); // of none it says false

    /// <inheritdoc cref="Holds(ReadOnlySpan{float})"/>
    public static bool Holds(Model model)
    {
        var network = model.Network;
        return Holds(network.Classifier) && Holds(network.ResidualWeights) && Holds(network.ResidualBias)
            && Holds(model.LabelEmbeddings) && Holds(network.Embeddings.ToMatrix());
    }

    /// <exception cref="LightDxmlException">Features have no values, or one is infinite or no number.</exception>
    public static void Require(SparseMatrix features)
    {
        if (!features.HasValues && features.NonZeroCount > 0)
            throw new LightDxmlException("The documents have features without values, as a matrix of labels has them; each needs a value.");
        for (var row = 0; features.HasValues && row < features.RowCount; row++)
        {
            if (!Holds(features.RowValues(row)))
                throw new LightDxmlException($"Row {row} of the documents, counted from 0, has a value that is infinite or no number.");
        }
    }

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
