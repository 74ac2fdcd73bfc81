using LightDxml.Data;
using LightDxml.Kernels.Linear;
using LightDxml.Training;

namespace LightDxml.Models;

/// <summary>
/// Several centroids for the labels of many documents: a frequent label's documents are about several things, and their mean is near
/// none of them. Found by spherical k-means over each label's documents (the Astec paper, Dahiya et al. 2021,
/// reports several centroids for frequent labels as its greatest gain in recall). They find candidates; scores know the mean alone.
/// </summary>
/// <param name="Rows">[parts, features], each of unit length and cut to its largest terms.</param>
/// <param name="Labels">[parts] the label row of each, ascending.</param>
public sealed record PartCentroids(SparseMatrix Rows, int[] Labels)
{
    private const int Rounds = 5;
    private const int BlockLabels = 4;

    /// <param name="train">Points with unit rows.</param>
    /// <returns>Null where no label has points enough for two parts.</returns>
    public static PartCentroids? Of(Dataset train, ShortlistOptions options, int seed, int threads)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        var documents = train.Labels.Transpose();
        var labels = new List<int>();
        for (var label = 0; label < documents.RowCount; label++)
        {
            var count = Math.Min(options.Parts, documents.RowLength(label) / options.PointsOfPart);
            if (count >= 2)
                labels.AddRange(Enumerable.Repeat(label, count));
        }

        if (labels.Count == 0)
            return null;
        int[] labelOfPart = [.. labels];
        var members = Start(train.Features, documents, labelOfPart, seed, threads);
        for (var round = 0; round < Rounds; round++)
        {
            var centroids = GroupSums.Of(train.Features, Groups(members, train.PointCount), threads, Unit);
            members = Assign(train.Features, documents, labelOfPart, centroids, threads);
        }

        return new PartCentroids(
            GroupSums.Of(train.Features, Groups(members, train.PointCount), threads, (columns, sums) => SparseCentroids.Largest(columns, sums, options.CentroidTerms)), labelOfPart);
    }

    /// <summary>Each part starts from one document of its label, drawn the likelier the less it is like those drawn before (k-means++).</summary>
    private static int[][] Start(SparseMatrix features, SparseMatrix documents, int[] labelOfPart, int seed, int threads)
    {
        var members = new int[labelOfPart.Length][];
        var rows = new WeightedRowSum(features);
        ForEachLabel(features, documents, labelOfPart, threads, (points, parts, dense) =>
        {
            var random = new RandomNumbers(seed, RandomPurpose.PartCentroids, labelOfPart[parts.Start.Value]);
            var nearest = new float[points.Length];
            var similarities = new float[points.Length];
            var drawn = random.Next(points.Length);
            for (var part = parts.Start.Value; part < parts.End.Value; part++)
            {
                members[part] = [points[drawn]];
                Similarities(features, points, rows, points[drawn], dense, similarities);
                for (var i = 0; i < points.Length; i++)
                    nearest[i] = Math.Max(nearest[i], similarities[i]);
                var left = random.NextDouble() * nearest.Sum(Distance);
                for (drawn = 0; drawn < points.Length - 1 && (left -= Distance(nearest[drawn])) >= 0; drawn++)
                {
                }
            }
        });
        return members;

        static double Distance(float similarity) => Math.Max(0, 1 - similarity);
    }

    /// <summary>Every document of a label joins the label's nearest part, ties to the first.</summary>
    private static int[][] Assign(SparseMatrix features, SparseMatrix documents, int[] labelOfPart, SparseMatrix centroids, int threads)
    {
        var members = new int[labelOfPart.Length][];
        var rows = new WeightedRowSum(centroids);
        ForEachLabel(features, documents, labelOfPart, threads, (points, parts, dense) =>
        {
            var nearest = new int[points.Length];
            var best = new float[points.Length];
            Array.Fill(best, float.NegativeInfinity);
            var similarities = new float[points.Length];
            for (var part = parts.Start.Value; part < parts.End.Value; part++)
            {
                Similarities(features, points, rows, part, dense, similarities);
                for (var i = 0; i < points.Length; i++)
                {
                    if (similarities[i] > best[i])
                        (best[i], nearest[i]) = (similarities[i], part);
                }
            }

            for (var part = parts.Start.Value; part < parts.End.Value; part++)
                members[part] = [.. points.Where((_, i) => nearest[i] == part)];
        });
        return members;
    }

    /// <summary>Calls the work with each label's documents, its range of parts, and zeros for a row, which it leaves zeros.</summary>
    private static void ForEachLabel(
        SparseMatrix features, SparseMatrix documents, int[] labelOfPart, int threads, Action<int[], Range, float[]> work)
    {
        int[] firstParts = [.. Enumerable.Range(0, labelOfPart.Length).Where(part => part == 0 || labelOfPart[part] != labelOfPart[part - 1]), labelOfPart.Length];
        using var dense = new ThreadLocal<float[]>(() => new float[features.ColumnCount]);
        RowRanges.ForEach(firstParts.Length - 1, BlockLabels, threads, (first, end) =>
        {
            for (var l = first; l < end; l++)
                work(documents.RowColumns(labelOfPart[firstParts[l]]).ToArray(), firstParts[l]..firstParts[l + 1], dense.Value!);
        });
    }

    /// <summary>similarities[i] = ⟨rows[row], features[points[i]]⟩.</summary>
    private static void Similarities(SparseMatrix features, int[] points, WeightedRowSum rows, int row, float[] dense, float[] similarities)
    {
        rows.LayOut(row, dense);
        for (var i = 0; i < points.Length; i++)
            similarities[i] = SparseDot.Of(features.RowColumns(points[i]), features.RowValues(points[i]), dense);
        rows.Clear(row, dense);
    }

    private static SparseMatrix Groups(int[][] members, int pointCount) =>
        SparseMatrix.OfRows([.. members.Select(points => (points, new float[points.Length]))], pointCount);

    private static (int[] Columns, float[] Values) Unit(int[] columns, float[] sums)
    {
        var scale = UnitRows.Scale(sums);
        return (columns, Array.ConvertAll(sums, sum => sum * scale));
    }
}
