using LightDxml.Data;
using LightDxml.Kernels.Linear;

namespace LightDxml.Models;

/// <summary>The sparse final classifier: margin(l) = ⟨w_l, x⟩ + b_l over the input features, with few weights per label.</summary>
/// <param name="Weights">[labels, features]: the weights that pruning left.</param>
/// <param name="Biases">[labels].</param>
internal sealed record SparseClassifier(SparseMatrix Weights, float[] Biases)
{
    /// <summary>The classifier without weights below a magnitude.</summary>
    public SparseClassifier Pruned(float least)
    {
        var rows = new (int[] Columns, float[] Values)[Weights.RowCount];
        for (var label = 0; label < rows.Length; label++)
            rows[label] = PrunedWeights.Of(Weights.RowValues(label), Weights.RowColumns(label), least);
        return this with { Weights = SparseMatrix.OfRows(rows, Weights.ColumnCount) };
    }
}
