using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// Feature rows that keep their lengths: a document of many features gives more evidence than one of few. Training divides all
/// rows by their mean length, so that the learning rates that suit unit rows suit these, too; a finished model has the factor in
/// its weights, and takes rows as they come.
/// </summary>
internal static class CommonRowScale
{
    /// <summary>Mean L2 norm of the rows that have entries, and the norms' standard deviation; 0 and 0 where no row has.</summary>
    public static (double Mean, double Deviation) Lengths(SparseMatrix features)
    {
        double sum = 0, squares = 0;
        var count = 0;
        for (var row = 0; row < features.RowCount; row++)
        {
            var length = Length(features.RowValues(row));
            if (length == 0)
                continue;
            sum += length;
            squares += length * length;
            count++;
        }

        if (count == 0)
            return (0, 0);
        var mean = sum / count;
        return (mean, Math.Sqrt(Math.Max(0, squares / count - mean * mean)));
    }

    private static double Length(ReadOnlySpan<float> values)
    {
        if (TensorPrimitives.Norm(values) is > 0 and < float.PositiveInfinity and var length)
            return length;

        // The squares are beyond a float.
        var squares = 0.0;
        foreach (var value in values)
            squares += (double)value * value;
        return Math.Sqrt(squares);
    }

    /// <summary>The factor that brings rows to a mean length of 1.</summary>
    public static float Of(SparseMatrix features) => Lengths(features).Mean is var mean and > 0 ? (float)Math.Min(1 / mean, float.MaxValue) : 1;

    public static SparseMatrix Apply(SparseMatrix features, float scale) => scale == 1 ? features : features.ScaleRows(_ => scale);

    /// <summary>A model of scaled rows as one of rows as they come: whatever is multiplied with features takes the factor on.</summary>
    public static Model Fold(Model model, float scale)
    {
        if (scale == 1)
            return model;
        var embeddings = model.Network.Embeddings.ToMatrix().Clone();
        TensorPrimitives.Multiply(embeddings.Span, scale, embeddings.Span);
        return model with
        {
            Network = model.Network with { Embeddings = new DenseEmbeddings(embeddings) },
            Sparse = model.Sparse is { } sparse ? sparse with { Weights = sparse.Weights.ScaleRows(_ => scale) } : null,
            Centroids = model.Centroids?.ScaleRows(_ => scale),
            PartCentroids = model.PartCentroids is { } parts ? parts with { Rows = parts.Rows.ScaleRows(_ => scale) } : null,
        };
    }
}
