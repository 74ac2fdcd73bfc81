using System.Diagnostics;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.Prediction;

namespace LightDxml.Training;

/// <summary>
/// The last phase: trains the sparse head on the candidates of the trained network, fits the weights of the signals on the
/// validation points, and chooses the head.
/// </summary>
internal sealed class HeadSelection(
    Dataset train, Dataset? validation, TrainingOptions options, KernelSet kernels, int threads, ITrainingObserver observer)
{
    /// <summary>
    /// What a simpler head must gain over the hybrid, which is the steadier choice when they are close: on some hundred
    /// held-out points the difference of two heads has a standard error of about this.
    /// </summary>
    private const double LeastGain = 0.005;

    /// <summary>Gives a dense model the head that the options ask for.</summary>
    public Model Complete(Model dense, CancellationToken cancellation)
    {
        if (options.Head == Head.Dense)
            return dense;
        var watch = Stopwatch.StartNew();
        using var finder = new Predictor(dense, null, kernels, threads);
        var shortlist = finder.Candidates(train.Features, TrainingPlan.SparseWidth(options, train.LabelCount));
        cancellation.ThrowIfCancellationRequested();
        var sparse = new SparseHeadTrainer(train, options.Sparse, options.Seed, threads).Train(
            shortlist, (done, total) => observer.Report(new PhaseProgress("sparse classifier", done, total)), cancellation);
        observer.Report(new TrainingNote(
            $"sparse classifier: {sparse.Weights.NonZeroCount:N0} weights on {shortlist.Width} candidates a point, {watch.Elapsed.TotalSeconds:F1} s"));
        var hybrid = dense with { Sparse = sparse, ScoreWeights = ScoreWeights.Unfitted };
        if (validation is null)
            return options.Head == Head.Sparse ? hybrid with { ScoreWeights = new ScoreWeights(0, 1, 0, 0) } : hybrid;
        var signals = CandidateSignals.Of(finder, hybrid, validation, TrainingPlan.CandidateCount(options, train.LabelCount), kernels);
        var heads = new List<(Head Head, Model Model)>();
        if (options.Head is Head.Auto or Head.Hybrid)
            heads.Add((Head.Hybrid, hybrid with { ScoreWeights = ScoreWeightFitter.Fit(signals.Values, signals.Targets, [true, true, true]) }));
        if (options.Head is Head.Auto or Head.Sparse)
            heads.Add((Head.Sparse, hybrid with { ScoreWeights = ScoreWeightFitter.Fit(signals.Values, signals.Targets, [false, true, false]) }));
        if (options.Head == Head.Auto)
            heads.Add((Head.Dense, dense));
        return Best(heads);
    }

    private Model Best(List<(Head Head, Model Model)> heads)
    {
        var best = heads[0].Model;
        var bestQuality = double.NegativeInfinity;
        foreach (var (head, model) in heads)
        {
            var score = ValidationScore.Of(model, validation!, kernels, threads);
            var weights = model.ScoreWeights is { } w && model.Sparse is not null
                ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" ({w.Logit:F2} logit + {w.Margin:F2} margin + {w.Cosine:F2} cosine)")
                : "";
            observer.Report(new TrainingNote(
                $"head {head}: validation P@1 {score.P1:P2}, nDCG@5 {score.Ndcg5:P2}{weights}"));
            if (score.Ndcg5 > bestQuality + LeastGain)
                (best, bestQuality) = (model with { Statistics = model.Statistics with { ValidationP1 = score.P1 } }, score.Ndcg5);
        }

        return best;
    }
}
