using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.Prediction;

namespace LightDxml.Training;

/// <summary>The signals of the candidates of held-out points, for fitting <see cref="ScoreWeights"/>.</summary>
/// <param name="Values">[n, 3]: logit, margin, cosine.</param>
/// <param name="Targets">[n]: whether the candidate is a label of its point.</param>
internal sealed record CandidateSignals(float[] Values, bool[] Targets)
{
    public static CandidateSignals Of(Predictor finder, Model hybrid, Dataset points, int count, KernelSet kernels)
    {
        var candidates = finder.Candidates(points.Features, count);
        var units = new DenseMatrix(points.PointCount, hybrid.Network.Dimensions);
        new DocumentEncoder(hybrid.Network, kernels).Encode(points.Features, units, 1);
        UnitEncodings.Normalize(units, kernels, 1);
        var scorer = new HybridScorer(hybrid.Sparse!, ScoreWeights.Unfitted, hybrid.LabelEmbeddings, kernels);
        var scratch = scorer.CreateScratch(candidates.Width);
        var values = new List<float>();
        var targets = new List<bool>();
        var margins = new float[candidates.Width];
        var cosines = new float[candidates.Width];
        for (var point = 0; point < points.PointCount; point++)
        {
            var labels = candidates.Labels(point);
            var truth = points.Labels.RowColumns(point);
            scorer.Signals(
                points.Features.RowColumns(point), points.Features.RowValues(point), units.Rows(point, 1), labels, margins, cosines, scratch);
            for (var j = 0; j < labels.Length && labels[j] >= 0; j++)
            {
                values.AddRange([candidates.Scores(point)[j], margins[j], cosines[j]]);
                targets.Add(truth.BinarySearch(labels[j]) >= 0);
            }
        }

        return new CandidateSignals([.. values], [.. targets]);
    }
}
