using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// How a model does on the validation points. Epochs are chosen by nDCG@5, which looks at five ranks a point and is steadier
/// than P@1 on few of them; heads by the mean of it and its propensity-scored form, so that the tail counts as the head does.
/// </summary>
/// <param name="P1">P@1 in 0..1.</param>
/// <param name="Ndcg5">nDCG@5 in 0..1.</param>
/// <param name="PropensityNdcg5">PSnDCG@5 in 0..1; 0 where no propensities are given.</param>
internal sealed record ValidationScore(double P1, double Ndcg5, double PropensityNdcg5)
{
    private const int Ranks = 5;

    /// <summary>What heads are compared by.</summary>
    public double HeadAndTail => (Ndcg5 + PropensityNdcg5) / 2;

    /// <param name="index">The index over the model's label embeddings where it is at hand, or null.</param>
    /// <param name="inversePropensities">[labels], or null where the tail is not looked at.</param>
    public static ValidationScore Of(Model model, Dataset validation, double[]? inversePropensities, ILabelIndex? index, KernelSet kernels, Workers workers)
    {
        using var finder = new CandidateFinder(model, index, kernels, workers.Threads, inTraining: true);
        using var predictor = new Predictor(model, finder, kernels);
        var report = Evaluator.Evaluate(predictor.Predict(validation.Features, Ranks, workers), validation.Labels, new EvaluationOptions(), inversePropensities);
        return new ValidationScore(report.Precision[0], report.Ndcg[^1], report.PropensityScoredNdcg?[^1] ?? 0);
    }
}
