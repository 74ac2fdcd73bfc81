using LightDxml.Data;
using LightDxml.Kernels.Clustering;

namespace LightDxml.Models;

/// <summary>
/// Several centroids for the labels of many documents: a frequent label's documents are about several things, and their mean is near
/// none of them. Found by spherical k-means over each label's documents (the Astec paper, Dahiya et al. 2021,
/// reports several centroids for frequent labels as its greatest gain in recall). They find candidates; scores know the mean alone.
/// </summary>
/// <param name="Rows">[parts, features], each of unit length and cut to its largest terms.</param>
/// <param name="Labels">[parts] the label row of each, ascending.</param>
internal sealed record PartCentroids(SparseMatrix Rows, int[] Labels)
{
    private const int BlockLabels = 4;
    private static readonly KMeansOptions Clustering = new(Iterations: 5);

    /// <param name="train">Points with unit rows.</param>
    /// <returns>Null where no label has points enough for two parts.</returns>
    public static PartCentroids? Of(Dataset train, PartSettings settings, int seed, int threads)
    {
        ArgumentNullException.ThrowIfNull(train);
        var documents = train.Labels.Transpose();
        var labels = new List<int>();
        for (var label = 0; label < documents.RowCount; label++)
        {
            var count = Math.Min(settings.MostParts, documents.RowLength(label) / settings.PointsOfPart);
            if (count >= 2)
                labels.AddRange(Enumerable.Repeat(label, count));
        }

        if (labels.Count == 0)
            return null;
        int[] labelOfPart = [.. labels];
        var members = Members(train.Features, documents, labelOfPart, seed, threads);
        var groups = SparseMatrix.OfRows([.. members.Select(points => (points, new float[points.Length]))], train.PointCount);
        return new PartCentroids(
            GroupSums.Of(train.Features, groups, threads, (columns, sums) => SparseCentroids.Largest(columns, sums, settings.Terms)), labelOfPart);
    }

    /// <summary>The documents of each part; a part that k-means leaves empty has none.</summary>
    private static int[][] Members(SparseMatrix features, SparseMatrix documents, int[] labelOfPart, int seed, int threads)
    {
        var members = new int[labelOfPart.Length][];
        int[] firstParts = [.. Enumerable.Range(0, labelOfPart.Length).Where(part => part == 0 || labelOfPart[part] != labelOfPart[part - 1]), labelOfPart.Length];
        using var numbers = new ThreadLocal<ColumnNumbers>(() => new ColumnNumbers(features.ColumnCount));
        RowRanges.ForEach(firstParts.Length - 1, BlockLabels, threads, (first, end) =>
        {
            for (var l = first; l < end; l++)
            {
                var (firstPart, label) = (firstParts[l], labelOfPart[firstParts[l]]);
                var rows = new SparseClusters(features, documents.RowColumns(label), firstParts[l + 1] - firstPart, numbers.Value!);
                var starts = Seeds.PlusPlus(rows, new RandomNumbers(seed, RandomPurpose.PartCentroids, label));
                var lists = SphericalKMeans.Cluster(rows, starts, Clustering);
                for (var part = 0; part < lists.Count; part++)
                    members[firstPart + part] = Array.ConvertAll(lists.Order[lists.Offsets[part]..lists.Offsets[part + 1]], rows.Id);
            }
        });
        return members;
    }
}

/// <summary>How many centroids a label gets.</summary>
/// <param name="MostParts">Most centroids per label; below 2 there are none.</param>
/// <param name="PointsOfPart">Training points per centroid of a label.</param>
/// <param name="Terms">Terms kept per centroid.</param>
internal readonly record struct PartSettings(int MostParts, int PointsOfPart, int Terms);
