using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels;
using LightDxml.Models;

namespace LightDxml.Tests.Indexes;

public class JointShortlistTests
{
    [Fact]
    public void SparseCentroids_HandComputed_KeepTheLargestTermsAtUnitLength()
    {
        // Label 0: points 0 and 1, whose rows sum to (0.6, 0.8 + 0.6, 0.8); its two largest are kept. Label 1 has no point.
        var features = new SparseMatrix(2, 3, [0, 2, 4], [0, 1, 1, 2], [0.6f, 0.8f, 0.6f, 0.8f]);
        var labels = new SparseMatrix(2, 2, [0, 1, 2], [0, 0]);
        var centroids = SparseCentroids.Of(new Dataset("train", features, labels), 2, 1);
        Assert.Equal([1, 2], centroids.RowColumns(0).ToArray());
        var norm = MathF.Sqrt(1.4f * 1.4f + 0.8f * 0.8f);
        Assert.Equal(1.4f / norm, centroids.RowValues(0)[0], 1e-6f);
        Assert.Equal(0.8f / norm, centroids.RowValues(0)[1], 1e-6f);
        Assert.Equal(0, centroids.RowLength(1));
    }

    [Fact]
    public void SparseCentroids_TermsThatCancelOut_AreNotKept()
    {
        var features = new SparseMatrix(2, 2, [0, 2, 4], [0, 1, 0, 1], [0.6f, 0.8f, -0.6f, 0.8f]);
        var labels = new SparseMatrix(2, 2, [0, 1, 3], [0, 0, 1]);
        var centroids = SparseCentroids.Of(new Dataset("train", features, labels), 2, 1);
        Assert.Equal([1], centroids.RowColumns(0).ToArray());
        // The sums of one label do not reach the next.
        Assert.Equal([-0.6f, 0.8f], centroids.RowValues(1).ToArray());
    }

    [Fact]
    public void SparseCentroidIndex_AnyDocument_EqualsTheProductsOfItsRows()
    {
        var random = new Random(3);
        var (labels, features) = (60, 25);
        var dense = Enumerable.Range(0, labels).Select(_ => Enumerable.Range(0, features).Select(_ => random.NextDouble() < 0.2 ? random.NextSingle() : 0).ToArray()).ToArray();
        var index = new SparseCentroidIndex(Rows(dense, features), KernelBackends.Select());
        float[] document = [.. Enumerable.Range(0, features).Select(_ => random.NextDouble() < 0.4 ? random.NextSingle() : 0)];
        int[] columns = [.. Enumerable.Range(0, features).Where(c => document[c] != 0)];
        var similarities = new float[labels];
        index.Similarities(columns, [.. columns.Select(c => document[c])], similarities);
        for (var label = 0; label < labels; label++)
            Assert.Equal(dense[label].Zip(document, (a, b) => (double)a * b).Sum(), similarities[label], 1e-5);
    }

    [Fact]
    public void SparseCentroidIndex_FewLabelsShareATerm_TheOtherSlotsStayEmpty()
    {
        var index = new SparseCentroidIndex(Rows([[1, 0], [0, 1], [1, 0]], 2), KernelBackends.Select());
        var similarities = new float[3];
        index.Similarities([0], [0.5f], similarities);
        var (labels, best) = (new int[3], new float[3]);
        index.Nearest(similarities, labels, best);
        Assert.Equal([0, 2, -1], labels);
    }

    [Fact]
    public void SparseCentroidIndex_FrequenciesThatCount_AddTheirLogarithmsToLabelsAndParts()
    {
        // Label 0 has a part that is nearer than its mean.
        var parts = new PartCentroids(Rows([[0, 1]], 2), [0]);
        var index = new SparseCentroidIndex(Rows([[0.8f, 0.6f], [1, 0], [0, 0]], 2), KernelBackends.Select(), parts, [9, 0, 99]);
        var similarities = new float[4];
        index.Similarities([1], [0.5f], similarities);
        Assert.Equal(0.5 + 0.02 * Math.Log(10), similarities[0], 1e-6);
        Assert.Equal(0, similarities[1]);
        Assert.Equal(0.02 * Math.Log(100), similarities[2], 1e-6);
    }

    [Fact]
    public void SparseCentroidIndex_Search_FindsWhatOneDocumentAfterTheOtherDoes()
    {
        var random = new Random(5);
        float[][] rows = [.. Enumerable.Range(0, 900).Select(_ => Enumerable.Range(0, 30).Select(_ => random.NextDouble() < 0.1 ? random.NextSingle() : 0).ToArray())];
        var documents = Rows(rows[..600], 30);
        var index = new SparseCentroidIndex(Rows(rows[300..], 30), KernelBackends.Select());
        var found = new RankedLabels(600, 600, 40, keepScores: false);
        index.Search(documents, found, 2);
        var (similarities, labels, best) = (new float[600], new int[40], new float[40]);
        for (var i = 0; i < 600; i++)
        {
            index.Similarities(documents.RowColumns(i), documents.RowValues(i), similarities);
            index.Nearest(similarities, labels, best);
            Assert.Equal(labels, found.Labels(i).ToArray());
        }
    }

    [Fact]
    public void Nearest_CentroidsAlone_FindAndEmbeddingsRank()
    {
        // Centroid similarities 0.3, 0.2, 0.1, 0; cosines 0, 0, 0.9, 1: of the three that centroids find the third comes first.
        var embeddings = new DenseMatrix(4, 2);
        float[][] rows = [[0, 1], [0, 1], [0.9f, 0], [1, 0]];
        for (var label = 0; label < rows.Length; label++)
            rows[label].CopyTo(embeddings.Row(label));
        var kernels = KernelBackends.Select();
        var encoding = new DenseMatrix(1, 2);
        encoding.Row(0)[0] = 1;
        var labels = new int[2];
        new JointShortlist(new SparseCentroidIndex(Rows([[0.3f], [0.2f], [0.1f], [0]], 1), kernels), embeddings, kernels, 0, 3)
            .Nearest(encoding.Rows(0, 1), [0], [1], [], [], labels);
        Assert.Equal([2, 0], labels);
    }

    [Fact]
    public void Nearest_LabelsOfEitherSearch_RankByJointSimilarityWithoutDoubles()
    {
        // Cosines with the document (1, 0): 0.9, 0.8, 0, −1. Centroid similarities: 0, 0.2, 0.95, 0.
        var embeddings = new DenseMatrix(4, 2);
        float[][] rows = [[0.9f, 0.1f], [0.8f, 0], [0, 1], [-1, 0]];
        for (var label = 0; label < rows.Length; label++)
            rows[label].CopyTo(embeddings.Row(label));
        var kernels = KernelBackends.Select();
        var centroids = new SparseCentroidIndex(Rows([[0], [0.2f], [0.95f], [0]], 1), kernels);
        var encoding = new DenseMatrix(1, 2);
        encoding.Row(0)[0] = 1;
        var labels = new int[4];
        new JointShortlist(centroids, embeddings, kernels, 2, 4).Nearest(encoding.Rows(0, 1), [0], [1], [0, 1], [0.9f, 0.8f], labels);
        Assert.Equal([1, 2, 0, -1], labels);
    }

    private static SparseMatrix Rows(float[][] rows, int features)
    {
        var offsets = new long[rows.Length + 1];
        var columns = new List<int>();
        var values = new List<float>();
        for (var row = 0; row < rows.Length; row++)
        {
            for (var c = 0; c < features; c++)
            {
                if (rows[row][c] == 0)
                    continue;
                columns.Add(c);
                values.Add(rows[row][c]);
            }

            offsets[row + 1] = columns.Count;
        }

        return new SparseMatrix(rows.Length, features, offsets, [.. columns], [.. values]);
    }
}
