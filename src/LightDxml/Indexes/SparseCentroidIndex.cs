using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Kernels.Linear;
using LightDxml.Models;

namespace LightDxml.Indexes;

/// <summary>
/// Searches the labels' sparse centroids through an inverted index: for each feature, the labels whose centroid has it. The
/// sparse half of the hybrid label index, beside the dense search of label embeddings.
/// </summary>
/// <param name="centroids">[labels, features], of unit length.</param>
/// <param name="parts">Further centroids of some labels, or null: such a label is as near as the nearest of its centroids.</param>
internal sealed class SparseCentroidIndex(SparseMatrix centroids, KernelSet kernels, PartCentroids? parts = null)
{
    private readonly SparseMatrix _postings = (parts is null ? centroids : SparseMatrix.Stack(centroids, parts.Rows)).Transpose();

    public int LabelCount => centroids.RowCount;

    /// <summary>Labels and parts.</summary>
    public int RowCount => _postings.ColumnCount;

    /// <summary>similarities[l] = ⟨c_l, x⟩ for every label, of several centroids the greatest.</summary>
    /// <param name="columns">The document's features, below the centroids' feature count.</param>
    /// <param name="similarities">[labels and parts], overwritten; of use are those of the labels.</param>
    public void Similarities(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> similarities)
    {
        similarities = similarities[..RowCount];
        similarities.Clear();
        for (var k = 0; k < columns.Length; k++)
        {
            _postings.Row(columns[k], out var labels, out var weights);
            ScatterAdd.Into(similarities, values[k], labels, weights);
        }

        for (var part = 0; part < (parts?.Labels.Length ?? 0); part++)
        {
            ref var similarity = ref similarities[parts!.Labels[part]];
            similarity = Math.Max(similarity, similarities[LabelCount + part]);
        }
    }

    /// <summary>The labels nearest to a document, best first, ties to the lower row; −1 where no further label shares a term with it.</summary>
    /// <param name="similarities">[labels and parts] from <see cref="Similarities"/>.</param>
    /// <param name="labels">[width], overwritten.</param>
    /// <param name="best">[width], overwritten.</param>
    public void Nearest(ReadOnlySpan<float> similarities, Span<int> labels, Span<float> best)
    {
        kernels.TopK(similarities[..LabelCount], labels, best);
        for (var j = 0; j < labels.Length; j++)
        {
            if (best[j] <= 0)
                labels[j] = -1;
        }
    }
}
