using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.Prediction;

namespace LightDxml.Training;

/// <summary>The signals of the candidates of held-out points, for fitting <see cref="ScoreWeights"/>.</summary>
/// <param name="Values">[n, 6]: logit, margin, cosine, centroid, f, f · margin.</param>
/// <param name="Targets">[n]: whether the candidate is a label of its point.</param>
internal sealed record CandidateSignals(float[] Values, bool[] Targets)
{
    /// <param name="hybrid">A model with its sparse classifier, centroids and label frequencies.</param>
    /// <param name="candidates">The points' candidates with their dense logits.</param>
    public static CandidateSignals Of(RankedLabels candidates, Model hybrid, Dataset points, KernelSet kernels)
    {
        var units = new DenseMatrix(points.PointCount, hybrid.Network.Dimensions);
        new DocumentEncoder(hybrid.Network, kernels).Encode(points.Features, units, 1);
        UnitEncodings.Normalize(units, kernels, 1);
        var scorer = new HybridScorer(hybrid, kernels);
        var scratch = scorer.CreateScratch(candidates.Width);
        var values = new List<float>();
        var targets = new List<bool>();
        for (var point = 0; point < points.PointCount; point++)
        {
            var labels = candidates.Labels(point);
            var truth = points.Labels.RowColumns(point);
            var margins = scratch.Margins(labels.Length);
            var cosines = scratch.Cosines(labels.Length);
            var centroids = scratch.Centroids(labels.Length);
            scorer.Signals(
                points.Features.RowColumns(point), points.Features.RowValues(point), units.Rows(point, 1), labels, margins, cosines, centroids, scratch);
            for (var j = 0; j < labels.Length && labels[j] >= 0; j++)
            {
                var frequency = ScoreWeights.FrequencySignal(hybrid.LabelFrequencies![labels[j]]);
                values.AddRange([candidates.Scores(point)[j], margins[j], cosines[j], centroids[j], frequency, frequency * margins[j]]);
                targets.Add(truth.BinarySearch(labels[j]) >= 0);
            }
        }

        return new CandidateSignals([.. values], [.. targets]);
    }
}
