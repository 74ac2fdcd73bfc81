using System.Globalization;
using LightDxml.Data;

namespace LightDxml.Benchmarks.Reports;

/// <summary>
/// <c>report-data DIR [METHODS [TEST-POINTS [LABELS]]]</c>: a data set and predictions of the size of Amazon-670K, to measure
/// <c>lightdxml report</c> on. Nothing is learnt: each method ranks a part of the true labels among labels drawn by frequency.
/// </summary>
internal static class ReportData
{
    private const int TrainPoints = 490_449;
    private const int Features = 135_909;
    private const int FeaturesPerPoint = 75;
    private const int LabelsPerPoint = 5;
    private const int Ranked = 100;

    public static void Write(string folder, int methods = 3, int testPoints = 100_000, int labels = 670_091)
    {
        Directory.CreateDirectory(folder);
        var train = Points(seed: 1, TrainPoints, labels);
        DatasetFile.Write(train, Path.Combine(folder, "train.txt"));
        var test = Points(seed: 2, testPoints, labels);
        DatasetFile.Write(test, Path.Combine(folder, "test.txt"));
        for (var method = 0; method < methods; method++)
        {
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"method-{method + 1}.txt"));
            PredictionFile.Write(Rank(test.Labels, seed: 3 + method, right: 0.6 - 0.05 * method), path);
            Console.WriteLine(path);
        }
    }

    private static Dataset Points(int seed, int points, int labels)
    {
        var random = new Random(seed);
        return new Dataset(
            "scale",
            Matrix(points, Features, FeaturesPerPoint, withValues: true, _ => random.Next(Features), random),
            Matrix(points, labels, LabelsPerPoint, withValues: false, _ => Frequent(random, labels), random));
    }

    // Rows of distinct columns, ascending; a row is shorter where the draw repeats itself.
    private static SparseMatrix Matrix(int rows, int columns, int rowLength, bool withValues, Func<int, int> draw, Random random)
    {
        var offsets = new long[rows + 1];
        var all = new List<int>(rows * rowLength);
        for (var row = 0; row < rows; row++)
        {
            all.AddRange(Enumerable.Range(0, rowLength).Select(draw).Distinct().Order());
            offsets[row + 1] = all.Count;
        }

        return new SparseMatrix(rows, columns, offsets, [.. all], withValues ? [.. all.Select(_ => random.Next(1, 10_000) / 10_000f)] : null);
    }

    // The rarest label is drawn a thousand times more seldom than the most frequent.
    private static int Frequent(Random random, int labels) => (int)(labels * Math.Pow(random.NextDouble(), 2.5));

    private static RankedLabels Rank(SparseMatrix truth, int seed, double right)
    {
        var random = new Random(seed);
        var ranking = new RankedLabels(truth.RowCount, truth.ColumnCount, Ranked);
        var labels = new List<int>(Ranked);
        var seen = new HashSet<int>();
        for (var point = 0; point < truth.RowCount; point++)
        {
            labels.Clear();
            seen.Clear();
            foreach (var label in truth.RowColumns(point))
                if (random.NextDouble() < right && seen.Add(label))
                    labels.Add(label);
            while (labels.Count < Ranked)
                if (Frequent(random, truth.ColumnCount) is var label && seen.Add(label))
                    labels.Insert(labels.Count < 10 ? random.Next(labels.Count + 1) : labels.Count, label);
            labels.CopyTo(ranking.Labels(point));
            var scores = ranking.Scores(point);
            var score = 1.0;
            for (var place = 0; place < Ranked; place++)
                scores[place] = (float)(score *= 0.80 + 0.18 * random.NextDouble());
        }

        return ranking;
    }
}
