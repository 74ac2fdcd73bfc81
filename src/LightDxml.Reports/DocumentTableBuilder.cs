using LightDxml.Data;
using LightDxml.Reports.Model;

namespace LightDxml.Reports;

/// <summary>Chooses the documents that a report shows: those that the methods serve worst.</summary>
internal static class DocumentTableBuilder
{
    private const int ShownFeatures = 12;

    public static DocumentTable Build(ReportInput input, ReportOptions options)
    {
        var truth = input.Test.Labels;
        var candidates = Enumerable.Range(0, truth.RowCount).Where(point => truth.RowLength(point) > 0).ToArray();
        var ndcg = input.Methods.Select(method => candidates.ToDictionary(point => point, point => Ndcg(method.Predictions.Labels(point), truth.RowColumns(point), options.LastK))).ToList();
        // The worst of every method, then the second worst, …; where nothing is found at all, the document with more labels to find comes first.
        var worst = ndcg.Select(ofMethod => candidates
            .OrderBy(point => ofMethod[point]).ThenByDescending(truth.RowLength).ThenBy(point => point).Take(options.DocumentRows).ToArray()).ToList();
        var shown = Enumerable.Range(0, Math.Min(options.DocumentRows, candidates.Length)).SelectMany(rank => worst.Select(ofMethod => ofMethod[rank]))
            .Distinct()
            .Take(options.DocumentRows)
            .OrderBy(point => ndcg.Sum(ofMethod => ofMethod[point])).ThenByDescending(truth.RowLength).ThenBy(point => point);
        return new DocumentTable(options.LastK, candidates.Length, [.. shown.Select(Row)]);

        DocumentRow Row(int point)
        {
            var text = input.Texts?[point];
            return new DocumentRow(
                point, text?.Id, text?.Title, text?.Text, text is null ? TopFeatures(input.Test, point) : [], truth.RowColumns(point).ToArray(),
                [.. input.Methods.Select((method, index) => Ranking(method.Predictions, point, ndcg[index][point], options.DocumentLabels))]);
        }
    }

    private static DocumentRanking Ranking(RankedLabels predictions, int point, double ndcg, int count)
    {
        var labels = predictions.Labels(point)[..Math.Min(count, predictions.Width)];
        var filled = labels.IndexOf(-1) is >= 0 and var end ? end : labels.Length;
        return new DocumentRanking(ndcg, labels[..filled].ToArray(), predictions.Scores(point)[..filled].ToArray());
    }

    private static DocumentFeature[] TopFeatures(Dataset test, int point)
    {
        var features = test.Features.RowColumns(point).ToArray();
        var values = test.Features.RowValues(point).ToArray();
        return
        [
            .. features.Zip(values).OrderByDescending(pair => Math.Abs(pair.Second)).ThenBy(pair => pair.First).Take(ShownFeatures)
                .Select(pair => new DocumentFeature(test.FeatureNames?[pair.First] ?? $"feature {pair.First}", pair.Second)),
        ];
    }

    private static double Ndcg(ReadOnlySpan<int> ranking, ReadOnlySpan<int> truth, int k)
    {
        double dcg = 0, ideal = 0;
        var last = Math.Min(k, Math.Max(ranking.Length, truth.Length));
        for (var rank = 1; rank <= last; rank++)
        {
            if (rank <= ranking.Length && ranking[rank - 1] >= 0 && truth.BinarySearch(ranking[rank - 1]) >= 0)
                dcg += 1 / Math.Log2(rank + 1);
            if (rank <= truth.Length)
                ideal += 1 / Math.Log2(rank + 1);
        }

        return dcg / ideal;
    }
}
