using LightDxml.Data;
using LightDxml.Kernels.Clustering;

namespace LightDxml.Kernels.Tests.Clustering;

public class SphericalKMeansTests
{
    private const int Groups = 5;
    private const int Columns = 40;

    [Fact]
    public void FillEmpty_TakesTheFarthestRowOfAClusterThatKeepsOthers()
    {
        // Row 3 is the farthest, but alone in its cluster.
        int[] clusterOf = [0, 0, 0, 2];
        SphericalKMeans.FillEmpty(clusterOf, [0.9f, 0.5f, 0.5f, 0.1f], 3);
        Assert.Equal([0, 1, 0, 2], clusterOf);
    }

    [Theory]
    [InlineData("scalar", 1)]
    [InlineData("simd", 1)]
    [InlineData("simd", 3)]
    public void Dense_SeparateGroups_AreTheClusters(string kernels, int threads)
    {
        var rows = Dense(Rows(60));
        AssertGroups(SphericalKMeans.Cluster(new DenseClusters(rows, Groups, KernelBackends.Select(kernels), threads), All(Groups), new KMeansOptions(3)));
    }

    [Fact]
    public void OfSample_EveryRow_IsInTheListOfItsNearestCentroid_ForEveryThreadCountTheSame()
    {
        var rows = Dense(Rows(400));
        var (centroids, lists) = DenseClusters.OfSample(rows, 12, 10, 4, seed: 3, KernelBackends.Select(), threads: 1);
        for (var cluster = 0; cluster < 12; cluster++)
        {
            foreach (var row in lists.Order.AsSpan(lists.Offsets[cluster], lists.Length(cluster)))
                Assert.Equal(All(12).Max(other => Dot(rows.Row(row), centroids.Row(other))), Dot(rows.Row(row), centroids.Row(cluster)), 1e-6f);
        }

        var (_, many) = DenseClusters.OfSample(rows, 12, 10, 4, seed: 3, KernelBackends.Select(), threads: 3);
        Assert.Equal(lists.Offsets, many.Offsets);
        Assert.Equal(lists.Order, many.Order);

        static float Dot(Span<float> a, Span<float> b)
        {
            var sum = 0f;
            for (var i = 0; i < a.Length; i++)
                sum += a[i] * b[i];
            return sum;
        }
    }

    [Fact]
    public void Sparse_SeparateGroups_AreTheClusters()
    {
        var rows = Sparse(Rows(60), Columns);
        var clusters = new SparseClusters(rows, All(60), Groups, new ColumnNumbers(Columns));
        var starts = Seeds.PlusPlus(clusters, new RandomNumbers(1, RandomPurpose.PartCentroids));
        AssertGroups(SphericalKMeans.Cluster(clusters, starts, new KMeansOptions(5)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Sparse_ColumnsOfTheRowsAlone_GiveTheClustersOfAllColumns_BitForBit(int clusters)
    {
        // Between columns that no row has, the rows' entries are fewer than the columns.
        var rows = Rows(60);
        var near = new SparseClusters(Sparse(rows, Columns), All(60), clusters, new ColumnNumbers(Columns));
        var apart = new SparseClusters(Sparse(rows, 1000 * Columns, 1000), All(60), clusters, new ColumnNumbers(1000 * Columns), threads: 2);
        int[] starts = [.. Enumerable.Range(0, clusters)];
        Assert.Equal(
            SphericalKMeans.Cluster(near, starts, new KMeansOptions(4)).Order, SphericalKMeans.Cluster(apart, starts, new KMeansOptions(4)).Order);
        var (expected, actual) = (new float[60 * clusters], new float[60 * clusters]);
        near.Similarities(expected);
        apart.Similarities(actual);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Cluster_ARowOfNoCentroidsColumns_LeavesTheOtherClusterEmpty_UnlessItIsRefilled()
    {
        // Equal rows: the second centroid gets none.
        var rows = new SparseMatrix(3, 2, [0, 1, 2, 3], [0, 0, 0], [1, 1, 1]);
        var clusters = new SparseClusters(rows, All(3), 2, new ColumnNumbers(2));
        Assert.Equal([0, 3, 3], SphericalKMeans.Cluster(clusters, [0, 1], new KMeansOptions(2)).Offsets);
        Assert.Equal([0, 2, 3], SphericalKMeans.Cluster(clusters, [0, 1], new KMeansOptions(2, RefillEmpty: true)).Offsets);
    }

    [Fact]
    public void Halve_UnequalGroups_AreBalanced_RowsThatLeanMostFirst()
    {
        // Four rows like the first centroid and one like the second: the one of the four that leans least goes over.
        var rows = new SparseMatrix(
            5, 2, [0, 1, 3, 5, 7, 8], [0, 0, 1, 0, 1, 0, 1, 1], [1, 0.8f, 0.6f, 0.96f, 0.28f, 0.99f, 0.141f, 1]);
        var halves = SphericalKMeans.Halve(new SparseClusters(rows, All(5), 2, new ColumnNumbers(2)), [0, 4], new KMeansOptions(1));
        Assert.Equal([0, 3, 5], halves.Offsets);
        Assert.Equal([0, 3, 2, 1, 4], halves.Order);
    }

    [Fact]
    public void Pair_AnySeed_IsTwoDifferentRows() => Assert.All(Enumerable.Range(0, 50), seed =>
    {
        var pair = Seeds.Pair(3, new RandomNumbers(seed, RandomPurpose.LabelIndex));
        Assert.NotEqual(pair[0], pair[1]);
        Assert.All(pair, row => Assert.InRange(row, 0, 2));
    });

    private static void AssertGroups(InvertedLists lists)
    {
        Assert.Equal(Groups, lists.Count);
        for (var cluster = 0; cluster < Groups; cluster++)
            Assert.Single(lists.Order[lists.Offsets[cluster]..lists.Offsets[cluster + 1]].Select(row => row % Groups).Distinct());
    }

    private static int[] All(int rows) => [.. Enumerable.Range(0, rows)];

    /// <summary>Unit rows: of each group in eight columns of its own.</summary>
    private static float[][] Rows(int count)
    {
        var random = new Random(4);
        var rows = new float[count][];
        for (var row = 0; row < count; row++)
        {
            rows[row] = new float[Columns];
            for (var column = row % Groups; column < Columns; column += Groups)
                rows[row][column] = 1 + random.NextSingle();
            var scale = 1 / MathF.Sqrt(rows[row].Sum(value => value * value));
            rows[row] = Array.ConvertAll(rows[row], value => value * scale);
        }

        return rows;
    }

    private static DenseMatrix Dense(float[][] rows)
    {
        var dense = new DenseMatrix(rows.Length, Columns);
        for (var row = 0; row < rows.Length; row++)
            rows[row].CopyTo(dense.Row(row));
        return dense;
    }

    private static SparseMatrix Sparse(float[][] rows, int columns, int apart = 1) => SparseMatrix.OfRows(
        [.. rows.Select(row => All(Columns).Where(column => row[column] != 0).ToArray()).Zip(rows, (own, row) => (Array.ConvertAll(own, column => column * apart), Array.ConvertAll(own, column => row[column])))],
        columns);
}
