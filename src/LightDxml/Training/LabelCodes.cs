using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Metrics;

namespace LightDxml.Training;

/// <summary>
/// A start of the token embeddings that knows the training data: every label gets a random code r_l, a point the sum
/// y_i = Σ r_l / √n_l over its labels, and a feature the sum Σ x_if y_i over its points, scaled to the length that a random start
/// would have. That is a random projection of the matrix of features and labels: features of the same labels start close.
/// </summary>
internal static class LabelCodes
{
    private const int BlockRows = 256;

    /// <param name="embeddings">[features, dimensions], overwritten; features without a labelled point keep their rows.</param>
    /// <param name="length">Length of a row.</param>
    public static void Fill(DenseMatrix embeddings, Dataset train, double length, int seed, KernelSet kernels, int threads)
    {
        var points = PointCodes(train, embeddings.Dimensions, seed, threads);
        var features = train.Features.Transpose();
        RowRanges.ForEach(features.RowCount, BlockRows, threads, (first, end) =>
        {
            var sum = new float[embeddings.Stride];
            for (var row = first; row < end; row++)
            {
                kernels.EmbeddingBag(
                    [0, features.RowLength(row)], features.RowColumns(row), features.RowValues(row), points.Span, points.Dimensions, points.Stride, sum);
                var squares = TensorPrimitives.SumOfSquares(sum.AsSpan(0, points.Dimensions));
                if (squares > 0)
                    TensorPrimitives.Multiply(sum.AsSpan(0, points.Dimensions), (float)(length / Math.Sqrt(squares)), embeddings.Row(row));
            }
        });
    }

    private static DenseMatrix PointCodes(Dataset train, int dimensions, int seed, int threads)
    {
        var frequencies = LabelFrequencies.Count(train.Labels);
        var codes = new DenseMatrix(train.LabelCount, dimensions);
        RowRanges.ForEach(train.LabelCount, BlockRows, threads, (first, end) =>
        {
            for (var label = first; label < end; label++)
            {
                var random = new RandomNumbers(seed, RandomPurpose.LabelCodes, label);
                var scale = 1 / Math.Sqrt(Math.Max(1, frequencies[label]));
                foreach (ref var value in codes.Row(label)[..dimensions])
                    value = (float)(scale * random.NextNormal());
            }
        });
        var points = new DenseMatrix(train.PointCount, dimensions);
        RowRanges.ForEach(train.PointCount, BlockRows, threads, (first, end) =>
        {
            for (var point = first; point < end; point++)
            {
                foreach (var label in train.Labels.RowColumns(point))
                    TensorPrimitives.Add(points.Row(point), codes.Row(label), points.Row(point));
            }
        });
        return points;
    }
}
