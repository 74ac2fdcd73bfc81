using LightDxml.Data;

namespace LightDxml.Models;

/// <summary>The sparse final classifier: margin(l) = ⟨w_l, x⟩ + b_l over the input features, with few weights a label.</summary>
/// <param name="Weights">[labels, features]: the weights that pruning left.</param>
/// <param name="Biases">[labels].</param>
internal sealed record SparseClassifier(SparseMatrix Weights, float[] Biases)
{
    /// <summary>The classifier without weights below a magnitude.</summary>
    public SparseClassifier Pruned(float least)
    {
        var offsets = new long[Weights.RowCount + 1];
        var columns = new List<int>();
        var values = new List<float>();
        for (var label = 0; label < Weights.RowCount; label++)
        {
            var labelColumns = Weights.RowColumns(label);
            var labelValues = Weights.RowValues(label);
            for (var k = 0; k < labelColumns.Length; k++)
            {
                if (MathF.Abs(labelValues[k]) < least)
                    continue;
                columns.Add(labelColumns[k]);
                values.Add(labelValues[k]);
            }

            offsets[label + 1] = columns.Count;
        }

        return this with { Weights = new SparseMatrix(Weights.RowCount, Weights.ColumnCount, offsets, [.. columns], [.. values]) };
    }
}
