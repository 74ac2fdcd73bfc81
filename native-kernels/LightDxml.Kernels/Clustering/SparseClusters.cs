using System.Numerics.Tensors;
using LightDxml.Data;

namespace LightDxml.Kernels.Clustering;

/// <summary>Some rows of a sparse matrix and their dense centroids, in the columns that the rows have.</summary>
internal sealed class SparseClusters : Clusters
{
    private const int GrainRows = 64;
    private readonly SparseMatrix _matrix;
    private readonly int[] _rows;
    private readonly int _threads;

    // [rows' entries] the column of each among those that the rows have; null where columns are the matrix' own.
    private readonly int[]? _columns;
    private readonly int[] _offsets;

    // Column-major, so that one entry of a row meets all centroids in consecutive floats.
    private readonly float[] _centroids;

    /// <param name="matrix">[rows, columns], rows of unit length.</param>
    /// <param name="rows">The rows to cluster; they are counted from 0 in the order in which they are given.</param>
    /// <param name="numbers">Working memory of this thread.</param>
    /// <exception cref="LightDxmlException">The centroids do not fit into one array.</exception>
    public SparseClusters(SparseMatrix matrix, ReadOnlySpan<int> rows, int clusters, ColumnNumbers numbers, int threads = 1)
    {
        (_matrix, _rows, Count, _threads) = (matrix, rows.ToArray(), clusters, threads);
        _offsets = new int[_rows.Length + 1];
        var entries = 0L;
        for (var row = 0; row < _rows.Length; row++)
        {
            entries += matrix.RowLength(_rows[row]);
            _offsets[row + 1] = (int)Math.Min(entries, int.MaxValue);
        }

        // Centroids of all columns are cheap beside the many entries, and the columns of few entries beside all.
        var columnCount = matrix.ColumnCount;
        if (entries < columnCount)
            (_columns, columnCount) = numbers.Of(matrix, _rows);
        if ((long)columnCount * clusters > Array.MaxLength)
            throw new LightDxmlException($"Centroids of {clusters} clusters × {columnCount} columns are more than the {Array.MaxLength} numbers that one array can hold; ask for fewer clusters or features.");
        _centroids = new float[(long)columnCount * clusters];
    }

    public override int RowCount => _rows.Length;

    public override int Count { get; }

    /// <summary>The row of the matrix.</summary>
    public int Id(int row) => _rows[row];

    public override void Start(ReadOnlySpan<int> starts)
    {
        Array.Clear(_centroids);
        for (var cluster = 0; cluster < starts.Length; cluster++)
            Add(starts[cluster], cluster);
    }

    public override void Nearest(int[] clusterOf, float[] similarities) =>
        RowRanges.ForEach(RowCount, GrainRows, _threads, (first, end) =>
        {
            var sums = new float[Count];
            for (var row = first; row < end; row++)
            {
                Similarities(row, sums);
                clusterOf[row] = TensorPrimitives.IndexOfMax(sums);
                similarities[row] = sums[clusterOf[row]];
            }
        });

    /// <summary>The inner products of all rows and centroids.</summary>
    /// <param name="similarities">[rows, clusters], overwritten.</param>
    public void Similarities(float[] similarities) =>
        RowRanges.ForEach(RowCount, GrainRows, _threads, (first, end) =>
        {
            for (var row = first; row < end; row++)
                Similarities(row, similarities.AsSpan(row * Count, Count));
        });

    /// <summary>The inner product of a row and a centroid.</summary>
    public float Similarity(int row, int cluster)
    {
        var columns = Columns(row);
        var values = _matrix.RowValues(_rows[row]);
        var sum = 0f;
        for (var j = 0; j < columns.Length; j++)
            sum += values[j] * _centroids[columns[j] * Count + cluster];
        return sum;
    }

    public override void Update(InvertedLists lists)
    {
        Array.Clear(_centroids);
        for (var cluster = 0; cluster < Count; cluster++)
        {
            foreach (var row in lists.Order.AsSpan(lists.Offsets[cluster], lists.Length(cluster)))
                Add(row, cluster);
        }

        var squares = new double[Count];
        for (var start = 0; start < _centroids.Length; start += Count)
        {
            for (var cluster = 0; cluster < squares.Length; cluster++)
                squares[cluster] += (double)_centroids[start + cluster] * _centroids[start + cluster];
        }

        var scales = Array.ConvertAll(squares, square => square > 0 ? (float)(1 / Math.Sqrt(square)) : 0);
        for (var start = 0; start < _centroids.Length; start += Count)
        {
            for (var cluster = 0; cluster < scales.Length; cluster++)
                _centroids[start + cluster] *= scales[cluster];
        }
    }

    /// <summary>Adds a row to a centroid.</summary>
    public void Add(int row, int cluster)
    {
        var columns = Columns(row);
        var values = _matrix.RowValues(_rows[row]);
        for (var j = 0; j < columns.Length; j++)
            _centroids[columns[j] * Count + cluster] += values[j];
    }

    private void Similarities(int row, Span<float> sums)
    {
        var columns = Columns(row);
        var values = _matrix.RowValues(_rows[row]);
        if (sums.Length == 2)
        {
            float first = 0, second = 0;
            for (var j = 0; j < columns.Length; j++)
            {
                first += values[j] * _centroids[2 * columns[j]];
                second += values[j] * _centroids[2 * columns[j] + 1];
            }

            (sums[0], sums[1]) = (first, second);
            return;
        }

        sums.Clear();
        for (var j = 0; j < columns.Length; j++)
            TensorPrimitives.MultiplyAdd(_centroids.AsSpan(columns[j] * sums.Length, sums.Length), values[j], sums, sums);
    }

    private ReadOnlySpan<int> Columns(int row) =>
        _columns is null ? _matrix.RowColumns(_rows[row]) : _columns.AsSpan(_offsets[row].._offsets[row + 1]);
}
