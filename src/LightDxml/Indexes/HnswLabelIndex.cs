using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Kernels;

namespace LightDxml.Indexes;

/// <summary>
/// A hierarchical navigable small-world graph over the label embeddings (Malkov and Yashunin, 2020): approximate, with a cost
/// a query that grows with the logarithm of the label count. The graph depends on the embeddings and the options alone, not
/// on the number of threads that build it.
/// </summary>
internal sealed partial class HnswLabelIndex : ILabelIndex
{
    private readonly HnswOptions _options;
    private readonly DenseMatrix _vectors;
    private readonly HnswGraph _graph;
    private readonly ExactLabelIndex _exact;

    /// <summary>Builds the graph.</summary>
    /// <param name="labelEmbeddings">[labels, dimensions]; must not change while the index is in use.</param>
    /// <param name="kernels">Serve searches that ask for so many labels that comparing with all is the better way.</param>
    /// <exception cref="LightDxmlException">The graph is larger than an array can be.</exception>
    public HnswLabelIndex(DenseMatrix labelEmbeddings, HnswOptions options, KernelSet kernels, int threads)
    {
        ArgumentNullException.ThrowIfNull(labelEmbeddings);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(kernels);
        _options = options.Validate();
        Dimensions = labelEmbeddings.Dimensions;
        if (options.Metric == LabelMetric.Cosine)
        {
            _vectors = new DenseMatrix(labelEmbeddings.RowCount, Dimensions);
            kernels.NormalizeRows(labelEmbeddings.Span, labelEmbeddings.RowCount, Dimensions, labelEmbeddings.Stride, _vectors.Span);
            _exact = new ExactLabelIndex(_vectors, kernels);
        }
        else
        {
            _vectors = WithEqualLengths(labelEmbeddings);
            _exact = new ExactLabelIndex(labelEmbeddings, kernels);
        }

        _graph = new HnswGraph(labelEmbeddings.RowCount, options.M, options.Seed);
        Build(threads);
    }

    private HnswLabelIndex(HnswLabelIndex other, HnswOptions options)
    {
        _options = options.Validate();
        Dimensions = other.Dimensions;
        _vectors = other._vectors;
        _exact = other._exact;
        _graph = other._graph;
    }

    public string Name => "hnsw";

    public int LabelCount => _vectors.RowCount;

    public int Dimensions { get; }

    /// <summary>The same graph, searched with another number of candidates.</summary>
    /// <exception cref="OptionsException">The number is negative.</exception>
    public HnswLabelIndex WithEfSearch(int efSearch) => new(this, _options with { EfSearch = efSearch });

    /// <summary>
    /// The rows with one more dimension, √(R² − ‖x‖²) for the largest length R, which gives all of them the length R. Queries
    /// have a zero there, so inner products stay, and among equal lengths their order is that of distances, which the graph
    /// needs (Bachrach et al., 2014).
    /// </summary>
    private static DenseMatrix WithEqualLengths(DenseMatrix rows)
    {
        var squares = new double[rows.RowCount];
        for (var row = 0; row < rows.RowCount; row++)
        {
            foreach (var value in rows.Row(row))
                squares[row] += (double)value * value;
        }

        var largest = squares.Length == 0 ? 0 : squares.Max();
        var longer = new DenseMatrix(rows.RowCount, rows.Dimensions + 1);
        for (var row = 0; row < rows.RowCount; row++)
        {
            rows.Row(row).CopyTo(longer.Row(row));
            longer.Row(row)[^1] = (float)Math.Sqrt(largest - squares[row]);
        }

        return longer;
    }
}
