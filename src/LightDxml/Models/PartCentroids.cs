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
    public static PartCentroids? Of(Dataset train, PartSettings settings, int seed, Workers workers)
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
        var members = Members(train.Features, documents, labelOfPart, seed, workers);
        var groups = SparseMatrix.OfRows(members, train.PointCount);
        return new PartCentroids(
            GroupSums.Of(train.Features, groups, workers, (columns, sums) => SparseCentroids.Largest(columns, sums, settings.Terms)), labelOfPart);
    }

    /// <summary>The documents of each part; a part that k-means leaves empty has none.</summary>
    private static (int[] Documents, float[] Weights)[] Members(SparseMatrix features, SparseMatrix documents, int[] labelOfPart, int seed, Workers workers)
    {
        var members = new (int[] Documents, float[] Weights)[labelOfPart.Length];
        int[] firstParts = [.. Enumerable.Range(0, labelOfPart.Length).Where(part => part == 0 || labelOfPart[part] != labelOfPart[part - 1]), labelOfPart.Length];
        using var numbers = new ThreadLocal<ColumnNumbers>(() => new ColumnNumbers(features.ColumnCount));
        var parts = workers.Parts(firstParts.Length - 1, l => documents.RowLength(labelOfPart[firstParts[l]]) * (firstParts[l + 1] - firstParts[l]));
        workers.ForEach(parts, BlockLabels, (first, end) =>
        {
            for (var l = first; l < end; l++)
            {
                var (firstPart, label) = (firstParts[l], labelOfPart[firstParts[l]]);
                var rows = new SparseClusters(features, documents.RowColumns(label), firstParts[l + 1] - firstPart, numbers.Value!);
                var starts = Seeds.PlusPlus(rows, new RandomNumbers(seed, RandomPurpose.PartCentroids, label));
                var lists = SphericalKMeans.Cluster(rows, starts, Clustering);
                for (var part = 0; part < lists.Count; part++)
                {
                    var list = Array.ConvertAll(lists.Order[lists.Offsets[part]..lists.Offsets[part + 1]], rows.Id);
                    members[firstPart + part] = (list, new float[list.Length]);
                }
            }
        });
        workers.Processes.GatherRows(members, [.. parts.Select(l => firstParts[l])], "centroids");
        return members;
    }
}

/// <summary>How many centroids a label gets.</summary>
/// <param name="MostParts">Most centroids per label; below 2 there are none.</param>
/// <param name="PointsOfPart">Training points per centroid of a label.</param>
/// <param name="Terms">Terms kept per centroid.</param>
internal readonly record struct PartSettings(int MostParts, int PointsOfPart, int Terms);
