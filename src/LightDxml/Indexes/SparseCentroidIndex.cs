using System.Buffers;
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
/// <param name="frequencies">[labels] training documents of each label where frequent labels are to be preferred a little, or null.</param>
internal sealed class SparseCentroidIndex(SparseMatrix centroids, KernelSet kernels, PartCentroids? parts = null, int[]? frequencies = null)
{
    /// <summary>
    /// What a similarity gains by ln(1 + n_l), n_l being the label's documents. Without it frequent labels, whose centroids are spread over many
    /// words, are missed: of the best 400 of TIBKAT-GND's titles recall is 0.42 with 0.01, 0.43 with 0.02, 0.41 with 0.04 and 0.38 without.
    /// </summary>
    private const float FrequencyWeight = 0.02f;

    private const int BlockDocuments = 256;
    private readonly float[] _start = Start(frequencies, centroids.RowCount, parts?.Labels ?? []);
    private readonly SparseMatrix _postings = (parts is null ? centroids : SparseMatrix.Stack(centroids, parts.Rows)).Transpose();

    public int LabelCount => centroids.RowCount;

    /// <summary>Labels and parts.</summary>
    public int RowCount => _postings.ColumnCount;

    /// <summary>similarities[l] = ⟨c_l, x⟩ for every label, of several centroids the greatest; where frequencies count, 0.02 ln(1 + n_l) more.</summary>
    /// <param name="columns">The document's features, below the centroids' feature count.</param>
    /// <param name="similarities">[labels and parts], overwritten; of use are those of the labels.</param>
    public void Similarities(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> similarities)
    {
        similarities = similarities[..RowCount];
        _start.CopyTo(similarities);
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

    /// <summary>The labels nearest to each of many documents, as many as the lists are wide.</summary>
    public void Search(SparseMatrix documents, RankedLabels nearest, int threads)
    {
        RowRanges.ForEach(documents.RowCount, BlockDocuments, threads, (first, end) =>
        {
            var similarities = ArrayPool<float>.Shared.Rent(RowCount);
            var best = ArrayPool<float>.Shared.Rent(nearest.Width);
            for (var i = first; i < end; i++)
            {
                Similarities(documents.RowColumns(i), documents.RowValues(i), similarities);
                Nearest(similarities, nearest.Labels(i), best);
            }

            ArrayPool<float>.Shared.Return(similarities);
            ArrayPool<float>.Shared.Return(best);
        });
    }

    /// <summary>The labels nearest to a document, best first, ties to the lower row; −1 where no further label has a similarity.</summary>
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

    /// <summary>[labels and parts] what similarities begin with.</summary>
    private static float[] Start(int[]? frequencies, int labels, int[] labelOfPart)
    {
        var start = new float[labels + labelOfPart.Length];
        if (frequencies is null)
            return start;
        for (var label = 0; label < labels; label++)
            start[label] = FrequencyWeight * MathF.Log(1 + frequencies[label]);
        for (var part = 0; part < labelOfPart.Length; part++)
            start[labels + part] = start[labelOfPart[part]];
        return start;
    }
}
