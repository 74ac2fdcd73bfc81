using System.Numerics.Tensors;
using LightDxml.Data;

namespace LightDxml.Models;

/// <summary>Whether parameters are numbers to predict with.</summary>
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
