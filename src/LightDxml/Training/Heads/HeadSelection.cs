using System.Diagnostics;
using System.Globalization;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.Inference;
using LightDxml.Indexes;

namespace LightDxml.Training;

/// <summary>
/// The last phase: trains the sparse head on the candidates of the trained network, fits the weights of the signals on the
/// validation points, and chooses the head; the sparse classifier that the model keeps has learnt from points held out, too.
/// </summary>
/// <param name="points">All points that the sparse classifier may be trained on.</param>
/// <param name="heldOut">[points] which of them are the validation points; null where none is.</param>
/// <param name="train">The points that are not held out.</param>
internal sealed class HeadSelection(
    Dataset points, bool[]? heldOut, Dataset train, Dataset? validation, TrainingOptions options, KernelSet kernels, int threads, ITrainingObserver observer)
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
        dense = dense with { Centroids = SparseCentroids.Of(train, options.Shortlist.CentroidTerms, threads) };
        if (TrainingPlan.SearchesIndex(options, train.LabelCount))
            dense = dense with { PartCentroids = PartCentroids.Of(train, options.Shortlist, options.Seed, threads) };
        using var finder = new CandidateFinder(dense, null, kernels, threads);
        var shortlist = finder.Find(points.Features, TrainingPlan.SparseWidth(options, train.LabelCount), cancellation);
        cancellation.ThrowIfCancellationRequested();
        var sparse = new SparseHeadTrainer(points, heldOut, options.Sparse, options.Seed, threads).Train(
            shortlist, (done, total) => observer.Report(new PhaseProgress("sparse classifier", done, total)), cancellation);
        observer.Report(new TrainingNote(
            $"sparse classifier: {sparse.Full.Weights.NonZeroCount:N0} weights on {shortlist.Width} candidates a point, {watch.Elapsed.TotalSeconds:F1} s"));
        var hybrid = dense with { Sparse = sparse.Blind, ScoreWeights = ScoreWeights.Unfitted };
        if (validation is null)
            return options.Head == Head.Sparse ? hybrid with { ScoreWeights = ScoreWeights.MarginAlone } : hybrid;
        var frequencies = LabelFrequencies.Count(train.Labels);
        var candidates = finder.Find(validation.Features, TrainingPlan.CandidateCount(options, train.LabelCount), cancellation);
        observer.Report(new TrainingNote(string.Create(
            CultureInfo.InvariantCulture,
            $"candidates of validation points: recall {ShortlistRecall.Of(candidates, validation.Labels):P1} at {candidates.Width}, by label frequency {string.Join(", ", ShortlistRecall.ByFrequency(candidates, validation.Labels, frequencies))}")));
        var signals = CandidateSignals.Of(candidates, hybrid, validation, kernels);
        Model Fitted(params ReadOnlySpan<bool> used) => hybrid with { ScoreWeights = ScoreWeightFitter.Fit(signals.Values, signals.Targets, used) };
        if (options.Head == Head.Sparse)
            return Keep(Best([(Head.Sparse, Fitted(false, true, false, false, false, false))], finder.Index));

        // Frequency takes the place of the cosine: beside both, the cosine's weight grows against the centroid's and the pair
        // ranks worse on unseen points.
        List<(Head Head, Model Model)> heads =
        [
            (Head.Hybrid, Fitted(true, true, true, true, false, false)),
            (Head.Hybrid, Fitted(true, true, false, true, true, true)),
        ];
        if (options.Head == Head.Auto)
        {
            heads.Add((Head.Sparse, Fitted(false, true, false, false, false, false)));
            heads.Add((Head.Dense, dense with { Centroids = null, PartCentroids = null }));
        }

        return Keep(Best(heads, finder.Index));

        Model Keep(Model model) => model.Sparse is null ? model : model with { Sparse = sparse.Full };
    }

    /// <param name="index">The finder's, since every head shortlists by the same label embeddings.</param>
    private Model Best(List<(Head Head, Model Model)> heads, ILabelIndex? index)
    {
        var inversePropensities = Propensities.Inverse(train.Labels, PropensityOptions.Standard);
        var best = heads[0].Model;
        var bestQuality = double.NegativeInfinity;
        foreach (var (head, model) in heads)
        {
            var score = ValidationScore.Of(model, validation!, inversePropensities, index, kernels, threads);
            var weights = model.ScoreWeights is { } w && model.Sparse is not null
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $" ({w.Logit:F2} logit + {w.Margin:F2} margin + {w.Cosine:F2} cosine + {w.Centroid:F2} centroid + {w.Frequency:F2} f + {w.FrequencyMargin:F2} f·margin)")
                : "";
            observer.Report(new TrainingNote(
                $"head {head}: validation P@1 {score.P1:P2}, nDCG@5 {score.Ndcg5:P2}, PSnDCG@5 {score.PropensityNdcg5:P2}{weights}"));
            if (score.HeadAndTail > bestQuality + (head == Head.Hybrid ? 0 : LeastGain))
                (best, bestQuality) = (model with { Training = model.Training! with { Statistics = model.Training.Statistics with { ValidationP1 = score.P1 } } }, score.HeadAndTail);
        }

        return best;
    }
}
