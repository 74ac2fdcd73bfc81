using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// Means of labels' documents. Where the former documents are at hand they are taken anew. Else the stored mean c of n documents, of which
/// the direction alone is known, counts as n · m documents: m = mean ⟨x, c⟩ over the new ones estimates the length of the mean, which lies
/// between that of documents that have nothing in common, 1/√n, and 1.
/// </summary>
internal sealed class LabelMeans(UpdateDocuments documents, int[] formerCounts, KernelSet kernels, int threads)
{
    private readonly SparseMatrix _labelDocuments = documents.All.Labels.Transpose();

    /// <summary>Sparse centroids; labels without documents at hand keep theirs.</summary>
    /// <param name="stored">[labels, features], of unit length but for the scale of rows.</param>
    /// <param name="terms">Terms a label keeps at most.</param>
    public SparseMatrix Centroids(SparseMatrix stored, int terms)
    {
        var features = documents.Scaled.Features;
        var rows = new (int[] Columns, float[] Values)[stored.RowCount];
        using var sums = new ThreadLocal<TouchedSums>(() => new TouchedSums(features.ColumnCount));
        RowRanges.ForEach(stored.RowCount, 1, threads, (label, _) =>
        {
            var own = _labelDocuments.RowColumns(label);
            if (own.IsEmpty)
            {
                rows[label] = (stored.RowColumns(label).ToArray(), stored.RowValues(label).ToArray());
                return;
            }

            if (!documents.HasFormer && formerCounts[label] > 0)
                sums.Value!.Add(stored.RowColumns(label), Weighted(stored.RowColumns(label), stored.RowValues(label), own, formerCounts[label]));
            foreach (var document in own)
                sums.Value!.Add(features.RowColumns(document), features.RowValues(document));
            var (columns, values) = sums.Value!.Take();
            rows[label] = SparseCentroids.Largest(columns, values, terms);
            TensorPrimitives.Multiply(rows[label].Values, documents.Scale, rows[label].Values);
        });
        return SparseMatrix.OfRows(rows, stored.ColumnCount);
    }

    /// <summary>Label embeddings of labels with new documents, without the former ones; the others stay.</summary>
    /// <param name="stored">[labels, dimensions].</param>
    /// <param name="encodings">[documents, dimensions or more].</param>
    public DenseMatrix Embeddings(DenseMatrix stored, DenseMatrix encodings)
    {
        var embeddings = stored.Clone();
        var units = encodings.FirstColumns(stored.Dimensions);
        UnitEncodings.Normalize(units, kernels, threads);
        for (var label = 0; label < stored.RowCount; label++)
        {
            var own = _labelDocuments.RowColumns(label);
            if (own.IsEmpty)
                continue;
            var row = embeddings.Row(label);
            var sum = 0f;
            foreach (var document in own)
                sum += TensorPrimitives.Dot(units.Row(document), stored.Row(label));
            TensorPrimitives.Multiply(row, Weight(sum / own.Length, formerCounts[label]), row);
            foreach (var document in own)
                TensorPrimitives.Add(row, units.Row(document), row);
        }

        UnitEncodings.Normalize(embeddings, kernels, threads);
        return embeddings;
    }

    private float[] Weighted(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, ReadOnlySpan<int> own, int count)
    {
        var unit = values.ToArray();
        TensorPrimitives.Multiply(unit, 1 / documents.Scale, unit);
        var sum = 0f;
        foreach (var document in own)
            sum += Dot(columns, unit, documents.Scaled.Features.RowColumns(document), documents.Scaled.Features.RowValues(document));
        TensorPrimitives.Multiply(unit, Weight(sum / own.Length, count), unit);
        return unit;
    }

    /// <summary>How many documents of the mean's direction the mean counts as.</summary>
    private static float Weight(float likeness, int count) => count == 0 ? 0 : count * Math.Clamp(likeness, 1 / MathF.Sqrt(count), 1);

    private static float Dot(ReadOnlySpan<int> columns, float[] values, ReadOnlySpan<int> otherColumns, ReadOnlySpan<float> otherValues)
    {
        var sum = 0f;
        for (var i = 0; i < otherColumns.Length; i++)
        {
            if (columns.BinarySearch(otherColumns[i]) is >= 0 and var place)
                sum += values[place] * otherValues[i];
        }

        return sum;
    }
}
