using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels;

namespace LightDxml.Baselines.Neighbours;

/// <summary>
/// An HNSW graph over random projections of sparse points: the graph wants dense vectors, and a projection keeps cosines well
/// enough to find candidates. The graph is not stored; it follows from points, options and seed.
/// </summary>
internal sealed class NeighbourGraph
{
    private readonly RandomProjection _projection;
    private readonly HnswLabelIndex _index;

    /// <param name="points">[points, features], unit rows.</param>
    public NeighbourGraph(SparseMatrix points, NeighbourOptions options, int seed, int threads)
    {
        _projection = new RandomProjection(points.ColumnCount, options.Dimensions, seed);
        _index = new HnswLabelIndex(_projection.ProjectUnits(points, threads), new HnswOptions(Seed: seed), KernelBackends.Select(), threads);
        Candidates = Math.Min(points.RowCount, Math.Max(options.Candidates, options.Neighbours));
    }

    /// <summary>Candidates of a search.</summary>
    public int Candidates { get; }

    public int Dimensions => _projection.Dimensions;

    /// <param name="projected">[dimensions] scratch.</param>
    /// <param name="candidates">[candidates], overwritten with points, −1 where there are no more.</param>
    /// <param name="similarities">[candidates] scratch.</param>
    public void Search(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> projected, Span<int> candidates, Span<float> similarities)
    {
        _projection.Project(columns, values, projected);
        _index.Search(projected, candidates, similarities);
    }
}
