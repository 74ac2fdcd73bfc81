using LightDxml.Data;

namespace LightDxml.Models;

/// <summary>Whether parameters are numbers to predict with.</summary>
internal static class FiniteCheck
{
    /// <returns>False where one is infinite or no number.</returns>
    public static bool Holds(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }

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
