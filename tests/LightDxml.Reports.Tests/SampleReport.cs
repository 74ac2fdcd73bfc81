using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Reports.Labels;
using LightDxml.Reports.Model;

namespace LightDxml.Reports.Tests;

/// <summary>A small made-up evaluation: 300 test points, 40 labels with a long tail, two methods of which the first is better.</summary>
internal static class SampleReport
{
    public const int Labels = 40;

    public static ReportOptions Options { get; } = new() { Bins = 5, Bootstrap = new BootstrapOptions(Replicates: 60, Threads: 1) };

    public static ReportInput Input { get; } = Make(methods: 2);

    public static ReportModel Model { get; } = ReportBuilder.Build(Input, Options);

    /// <param name="methods">Methods, each worse than the one before.</param>
    public static ReportInput Make(int methods, Func<int, string>? labelName = null, Func<int, string>? methodName = null, string text = "Some text of the document.")
    {
        // The last two labels are never seen in training.
        var train = Draw(seed: 1, points: 400, labels: Labels - 2);
        var truth = Draw(seed: 2, points: 300, Labels);
        truth[7] = [];
        truth[8] = [Labels - 2, Labels - 1];
        var test = new Dataset("test.txt", new SparseMatrix(300, 3, [.. Enumerable.Range(0, 301).Select(i => (long)i)], [.. Enumerable.Range(0, 300).Select(i => i % 3)], [.. Enumerable.Repeat(1f, 300)]), Matrix(truth));
        return new ReportInput("Sample", test, Matrix(train), [.. Enumerable.Range(0, methods).Select(method => new MethodPredictions(
            methodName?.Invoke(method) ?? $"method {(char)('A' + method)}", Rank(truth, seed: 3 + method, right: 0.8 - 0.2 * method)))])
        {
            Labels = new NamedLabels([.. Enumerable.Range(0, Labels).Select(label => new NamedLabel($"id-{label}", labelName?.Invoke(label) ?? $"name {label}", label % 3, label % 3 == 0 ? [] : [$"parent of {label}"]))]),
            LabelIds = [.. Enumerable.Range(0, Labels).Select(label => $"id-{label}")],
            Texts = [.. Enumerable.Range(0, 300).Select(point => new DocumentText($"doc-{point}", $"Title {point}", text))],
        };
    }

    private static int[][] Draw(int seed, int points, int labels)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, points).Select(_ => Enumerable.Range(0, 1 + random.Next(4)).Select(_ => (int)(labels * Math.Pow(random.NextDouble(), 2.5))).Distinct().Order().ToArray())];
    }

    private static SparseMatrix Matrix(int[][] rows)
    {
        var offsets = new long[rows.Length + 1];
        for (var row = 0; row < rows.Length; row++)
            offsets[row + 1] = offsets[row] + rows[row].Length;
        return new SparseMatrix(rows.Length, Labels, offsets, [.. rows.SelectMany(row => row)]);
    }

    // Each true label is ranked with probability `right`, the rest is drawn from the head; scores fall with some noise.
    private static RankedLabels Rank(int[][] truth, int seed, double right)
    {
        var random = new Random(seed);
        var ranking = new RankedLabels(truth.Length, Labels, 12);
        for (var point = 0; point < truth.Length; point++)
        {
            var labels = truth[point].Where(label => label < Labels - 2 && random.NextDouble() < right).ToList();
            while (labels.Count < 12)
            {
                var label = (int)(Labels * Math.Pow(random.NextDouble(), 2));
                if (!labels.Contains(label))
                    labels.Insert(random.Next(labels.Count + 1), label);
            }

            float[] scores = [.. Enumerable.Range(0, 12).Select(_ => random.NextSingle()).OrderDescending()];
            labels.ToArray().CopyTo(ranking.Labels(point));
            scores.CopyTo(ranking.Scores(point));
        }

        return ranking;
    }
}
