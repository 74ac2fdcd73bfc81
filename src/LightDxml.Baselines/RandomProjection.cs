using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Kernels;

namespace LightDxml.Baselines;

/// <summary>
/// A seeded random map of sparse points into few dimensions that keeps cosines up to about 1/√dimensions (Achlioptas,
/// 2003): each feature has a row of ±1/√dimensions. The same seed gives the same map; it is not stored.
/// </summary>
internal sealed class RandomProjection
{
    private const int GrainRows = 256;
    private readonly DenseMatrix _rows;
    private readonly KernelSet _kernels = KernelBackends.Select();

    public RandomProjection(int featureCount, int dimensions, int seed)
    {
        _rows = new DenseMatrix(Math.Max(1, featureCount), dimensions);
        var one = 1 / MathF.Sqrt(dimensions);
        for (var feature = 0; feature < featureCount; feature++)
        {
            var random = new RandomNumbers(seed, RandomPurposes.Projection, feature);
            var row = _rows.Row(feature);
            var word = 0UL;
            for (var i = 0; i < row.Length; i++, word >>= 1)
            {
                word = i % 64 == 0 ? random.NextWord() : word;
                row[i] = (word & 1) == 0 ? one : -one;
            }
        }
    }

    public int Dimensions => _rows.Dimensions;

    /// <summary>One point; its length is kept up to the same error.</summary>
    /// <param name="projected">[dimensions], overwritten.</param>
    public void Project(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> projected) =>
        _kernels.EmbeddingBag([0, columns.Length], columns, values, _rows.Span, projected.Length, _rows.Stride, projected);

    /// <summary>[points, dimensions], rows of unit length.</summary>
    public DenseMatrix ProjectUnits(SparseMatrix points, int threads)
    {
        var projected = new DenseMatrix(points.RowCount, Dimensions);
        RowRanges.ForEach(points.RowCount, GrainRows, threads, (first, end) =>
        {
            for (var point = first; point < end; point++)
                Project(points.RowColumns(point), points.RowValues(point), projected.Row(point));
        });
        UnitEncodings.Normalize(projected, _kernels, threads);
        return projected;
    }
}
