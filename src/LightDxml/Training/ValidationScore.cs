using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.Prediction;

namespace LightDxml.Training;

/// <summary>
/// How a model does on the validation points. Epochs and heads are chosen by nDCG@5, which looks at five ranks a point and is
/// steadier than P@1 on few of them.
/// </summary>
/// <param name="P1">P@1 in 0..1.</param>
/// <param name="Ndcg5">nDCG@5 in 0..1.</param>
internal sealed record ValidationScore(double P1, double Ndcg5)
{
    private const int Ranks = 5;

    public static ValidationScore Of(Model model, Dataset validation, KernelSet kernels, int threads)
    {
        using var predictor = new Predictor(model, null, kernels, threads);
        var report = Evaluator.Evaluate(predictor.Predict(validation.Features, Ranks), validation.Labels, new EvaluationOptions());
        return new ValidationScore(report.Precision[0], report.Ndcg[^1]);
    }
}
