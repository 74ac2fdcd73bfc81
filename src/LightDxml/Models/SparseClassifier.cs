using LightDxml.Data;

namespace LightDxml.Models;

/// <summary>The sparse final classifier: margin(l) = ⟨w_l, x⟩ + b_l over the input features, with few weights a label.</summary>
/// <param name="Weights">[labels, features]: the weights that pruning left.</param>
/// <param name="Biases">[labels].</param>
public sealed record SparseClassifier(SparseMatrix Weights, float[] Biases)
{
    /// <summary>margins[j] = ⟨w_l, x⟩ + b_l for l = candidates[j]; −∞ for padding (−1).</summary>
    /// <param name="document">[features], the document with its zeros.</param>
    /// <param name="margins">[candidates], overwritten.</param>
    public unsafe void Margins(ReadOnlySpan<float> document, ReadOnlySpan<int> candidates, Span<float> margins)
    {
        fixed (float* x = document)
        {
            for (var j = 0; j < candidates.Length; j++)
            {
                var label = candidates[j];
                if (label < 0)
                {
                    margins[j] = float.NegativeInfinity;
                    continue;
                }

                var columns = Weights.RowColumns(label);
                fixed (int* column = columns)
                fixed (float* weight = Weights.RowValues(label))
                {
                    float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
                    var k = 0;
                    for (; k + 4 <= columns.Length; k += 4)
                    {
                        s0 += weight[k] * x[column[k]];
                        s1 += weight[k + 1] * x[column[k + 1]];
                        s2 += weight[k + 2] * x[column[k + 2]];
                        s3 += weight[k + 3] * x[column[k + 3]];
                    }

                    for (; k < columns.Length; k++)
                        s0 += weight[k] * x[column[k]];
                    margins[j] = s0 + s1 + (s2 + s3) + Biases[label];
                }
            }
        }
    }

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
