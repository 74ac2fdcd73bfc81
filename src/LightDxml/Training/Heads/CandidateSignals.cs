using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Kernels.Linear;
using LightDxml.Models;
using LightDxml.Names;

namespace LightDxml.Training;

/// <summary>
/// The signals of the candidates of held-out points, for fitting <see cref="ScoreWeights"/>: of those that the model has learnt. What a label
/// without documents looks like says nothing of the finished model, in which every label has some.
/// </summary>
/// <param name="Values">[n, 9]: logit, margin, cosine, centroid, f, f · margin, similarity and coverage of the name, f · similarity.</param>
/// <param name="Targets">[n]: whether the candidate is a label of its point.</param>
internal sealed record CandidateSignals(float[] Values, bool[] Targets)
{
    /// <summary>Signals of a candidate.</summary>
    internal const int Count = 9;

    /// <summary>Pairs that weights are fitted on at most: seven weights are known from far fewer, and a validation file may have 10⁸.</summary>
    internal const long MostPairs = 2_000_000;

    /// <summary>The points, or a seeded choice of them where their candidates would be too many.</summary>
    /// <param name="candidates">Candidates of a point.</param>
    /// <param name="mostPairs">Candidates of all points that are chosen, about.</param>
    public static Dataset Sample(Dataset points, int candidates, int seed, long mostPairs = MostPairs)
    {
        var most = (int)Math.Clamp(mostPairs / candidates, 1, int.MaxValue);
        if (points.PointCount <= most)
            return points;
        int[] chosen = [.. Enumerable.Range(0, points.PointCount)];
        new RandomNumbers(seed, RandomPurpose.FittedPoints).Shuffle(chosen);
        chosen = chosen[..most];
        Array.Sort(chosen);
        return points.SelectRows(chosen);
    }

    /// <param name="hybrid">A model with its sparse classifier, centroids and label frequencies.</param>
    /// <param name="candidates">The points' candidates with their dense logits.</param>
    /// <param name="processes">Each takes a part of the points, and gets the signals of all.</param>
    public static CandidateSignals Of(RankedLabels candidates, Model hybrid, Dataset points, KernelSet kernels, ProcessGroup processes)
    {
        var parts = new Workers(1, processes).Parts(points.PointCount);
        var (first, count) = (parts[processes.Rank], parts[processes.Rank + 1] - parts[processes.Rank]);
        var own = Of(candidates, first, hybrid, processes.Size == 1 ? points : points.SelectRows([.. Enumerable.Range(first, count)]), kernels);
        return new CandidateSignals(processes.GatherItems(own.Values, "signals"), processes.GatherItems(own.Targets, "signals"));
    }

    /// <param name="first">The point of the candidates that is the first of <paramref name="points"/>.</param>
    private static CandidateSignals Of(RankedLabels candidates, int first, Model hybrid, Dataset points, KernelSet kernels)
    {
        var units = new DenseMatrix(points.PointCount, hybrid.Network.Dimensions);
        new DocumentEncoder(hybrid.Network, kernels).Encode(points.Features, units, 1);
        UnitEncodings.Normalize(units, kernels, 1);
        var labels = candidates.Labels(first, points.PointCount);
        var (margins, centroids, cosines) = (new float[labels.Length], new float[labels.Length], new float[labels.Length]);
        var products = new PairProducts(hybrid.LabelCount, points.FeatureCount);
        products.Of(new WeightedRowSum(hybrid.Sparse!.Weights), points.Features, 0, points.PointCount, labels, margins);
        products.Of(new WeightedRowSum(hybrid.Centroids!), points.Features, 0, points.PointCount, labels, centroids);
        HybridScorer.Cosines(kernels, hybrid.LabelEmbeddings, points.PointCount, units.Span, labels, cosines);
        var values = new List<float>(Count * labels.Length);
        var matcher = hybrid.Names is { } names ? new NameMatcher(names) : null;
        var targets = new List<bool>(labels.Length);
        for (var point = 0; point < points.PointCount; point++)
        {
            matcher?.Match(points.Features.RowColumns(point), points.Features.RowValues(point));
            var truth = points.Labels.RowColumns(point);
            for (var j = 0; j < candidates.Width && candidates.Labels(first + point)[j] >= 0; j++)
            {
                var pair = point * candidates.Width + j;
                if (hybrid.LabelFrequencies![labels[pair]] == 0)
                    continue;
                var margin = margins[pair] + hybrid.Sparse.Biases[labels[pair]];
                var frequency = ScoreWeights.FrequencySignal(hybrid.LabelFrequencies[labels[pair]]);
                var name = matcher?[labels[pair]] ?? default;
                values.AddRange([
                    candidates.Scores(first + point)[j], margin, cosines[pair], centroids[pair], frequency, frequency * margin,
                    name.Similarity, name.Coverage, frequency * name.Similarity,
                ]);
                targets.Add(truth.BinarySearch(labels[pair]) >= 0);
            }
        }

        return new CandidateSignals([.. values], [.. targets]);
    }
}
