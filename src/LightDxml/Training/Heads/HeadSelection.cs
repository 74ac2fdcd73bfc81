using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using LightDxml.Indexes;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// The last phase: trains the sparse head on the candidates of the trained network, fits the weights of the signals on the
/// points held out, and chooses the head.
/// </summary>
/// <param name="split">The head is fitted and chosen with the blind points; only the sparse classifier goes on to all of them.</param>
internal sealed class HeadSelection(TrainingSplit split, TrainingOptions options, KernelSet kernels, Workers workers, ITrainingObserver observer)
{
    /// <summary>
    /// What a simpler head must gain over the hybrid, which is the steadier choice when they are close: as much as the greatest standard error of a
    /// share of so many points, and this at least.
    /// </summary>
    private const double LeastGain = 0.005;

    /// <summary>Labels of held-out points among their candidates that score weights are fitted on at least.</summary>
    private const int LeastLabels = 10;

    /// <summary>Deviation of f over labels, at least, for f to be a signal.</summary>
    private const double LeastFrequencyDeviation = 0.3;

    /// <summary>What the phase gives.</summary>
    /// <param name="Chosen">The model that was chosen, which knows nothing of the points held out but its score weights and the choice.</param>
    /// <param name="Full">The sparse classifier of all points, where the chosen model has a sparse one.</param>
    public sealed record Result(Model Chosen, KeptClassifier? Full);

    /// <summary>Gives a dense model the head that the options ask for.</summary>
    public Result Complete(Model dense, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        dense = WithCentroids(dense);
        if (options.Head == Head.Dense)
        {
            if (dense.Names is not null)
                observer.Report(new TrainingNote("labels are not looked for by their names, which a dense head alone does not count"));
            return new Result(WithoutNames(dense), null);
        }

        using var finder = new CandidateFinder(dense, null, kernels, workers.Threads, inTraining: true);
        var sparse = checkpoint.Divided("sparse", scope => Sparse(finder, watch, scope, cancellation), static (file, result) => result.Write(file), files => SparseHeadTrainer.Result.Read(files, workers));
        Leftovers.Collect();
        var hybrid = dense with { Sparse = sparse.Blind, ScoreWeights = ScoreWeights.Unfitted };
        var model = Signals(hybrid, finder, cancellation) is { } signals ? Best(Heads(dense, hybrid, signals), finder.Index) : Unfitted(hybrid);
        return new Result(WithUnseen(model), model.Sparse is null ? null : sparse.Full);
    }

    /// <summary>The model with the labels' sparse centroids, where candidates or scores are found by them.</summary>
    private Model WithCentroids(Model dense)
    {
        var hasSparse = options.Head != Head.Dense;
        if (hasSparse || options.Shortlist.ByCentroids)
            dense = dense with { Centroids = SparseCentroids.Of(split.Blind, options.Shortlist.CentroidTerms, workers) };
        return hasSparse && dense.Inference.TakesParts
            ? dense with { PartCentroids = PartCentroids.Of(split.Blind, options.Shortlist.PartSettings, options.Seed, workers) }
            : dense;
    }

    /// <summary>Trains the sparse classifier on the candidates of each document.</summary>
    /// <param name="watch">Runs since the phase began.</param>
    private SparseHeadTrainer.Result Sparse(CandidateFinder finder, Stopwatch watch, Checkpoint checkpoint, CancellationToken cancellation)
    {
        // Of few labels every one is a candidate of every point: the list of all would be 8 bytes × points × labels of no news.
        var width = TrainingPlan.SparseWidth(options, split.Blind.LabelCount);
        var parts = workers.Parts(split.All.PointCount, point => split.All.Features.RowLength(point));
        var candidates = width == split.Blind.LabelCount && finder.Index is null ? null : checkpoint.Divided(
            "candidates", _ => Candidates(), static (file, result) => result.Write(file), files => Shortlists.Read(files, parts, workers.Processes.Rank));
        var candidatesWidth = candidates?.Width ?? width;
        Leftovers.Collect();
        checkpoint.Boundary(cancellation);
        var trained = new SparseHeadTrainer(split, options.Sparse, options.Seed, workers).Train(
            candidates, (done, total) => observer.Report(new PhaseProgress("sparse classifier", done, total)), checkpoint, cancellation);
        observer.Report(new TrainingNote(
            $"sparse classifier: {trained.Full.WeightCount:N0} weights on {candidatesWidth} candidates per document, {watch.Elapsed.TotalSeconds:F1} s"));
        return trained;

        Shortlists Candidates() => new(finder.Find(workers.Own(split.All.Features, parts), width, cancellation), parts, workers.Processes.Rank, null, null);
    }

    /// <summary>The signals of the held-out points' candidates that score weights are fitted on; null, and said so, where there are too few.</summary>
    private CandidateSignals? Signals(Model hybrid, CandidateFinder finder, CancellationToken cancellation)
    {
        if (split.Fitted is not { } validation)
        {
            if (split.HeldOut is not null)
                observer.Report(new TrainingNote("no validation document has features and labels of the other documents: head and score weights are those of a training without validation documents"));
            return null;
        }

        var width = TrainingPlan.CandidateCount(options, split.Blind.LabelCount);
        var fitted = CandidateSignals.Sample(validation, width, options.Seed);
        var candidates = finder.Find(fitted.Features, width, workers, cancellation);
        observer.Report(new TrainingNote(string.Create(
            CultureInfo.InvariantCulture,
            $"candidates of validation documents: recall {ShortlistRecall.Of(candidates, fitted.Labels):P1} at {candidates.Width}, by label frequency {string.Join(", ", ShortlistRecall.ByFrequency(candidates, fitted.Labels, split.BlindFrequencies))}")));
        var signals = CandidateSignals.Of(candidates, hybrid, fitted, kernels, workers.Processes);
        if (signals.Targets.Count(isLabel => isLabel) >= LeastLabels)
            return signals;
        observer.Report(new TrainingNote($"fewer than {LeastLabels} labels of validation documents are among their candidates: head and score weights are those of a training without validation documents"));
        return null;
    }

    /// <summary>The heads to choose from, each with its score weights fitted.</summary>
    private List<(Head Head, Model Model)> Heads(Model dense, Model hybrid, CandidateSignals signals)
    {
        var (named, varies) = (dense.Names is not null, FrequenciesVary());
        var namedVaries = named && varies;

        // Frequency takes the place of the cosine: beside both, the cosine's weight grows against the centroid's and the pair
        // ranks worse on unseen points.
        (Head Head, bool[] Used)[] choices =
        [
            (Head.Hybrid, [true, true, true, true, false, false, named, named, namedVaries]),
            (Head.Hybrid, [true, true, false, true, true, true, named, named, namedVaries]),
            (Head.Sparse, [false, true, false, false, false, false, named, named, namedVaries]),
        ];
        if (options.Head != Head.Auto)
            choices = Array.FindAll(choices, choice => choice.Head == options.Head);
        if (!varies)
            choices = Array.FindAll(choices, choice => !choice.Used[4]);
        var weights = ScoreWeightFitter.FitEach(signals, Array.ConvertAll(choices, choice => choice.Used), workers);
        List<(Head Head, Model Model)> heads = [.. choices.Zip(weights, (choice, fitted) => (choice.Head, hybrid with { ScoreWeights = fitted }))];
        if (options.Head == Head.Auto)
            heads.Add((Head.Dense, WithoutNames(dense) with { Centroids = options.Shortlist.ByCentroids ? dense.Centroids : null, PartCentroids = null }));
        return heads;
    }

    private static Model WithoutNames(Model dense) => dense with { Names = null, Inference = dense.Inference with { NameCandidates = 0 } };

    private Model Unfitted(Model hybrid) => options.Head == Head.Sparse ? hybrid with { ScoreWeights = ScoreWeights.MarginAlone } : hybrid;

    /// <summary>The model with the weights of labels that have no documents, where names count.</summary>
    private Model WithUnseen(Model model)
    {
        if (model is not { Names: { } names, ScoreWeights: { CountsNames: true } weights })
            return model;
        var fitted = UnseenLabelFitter.Fit(split.Blind, split.BlindFrequencies, names);
        if (fitted?.Weights is { } unseen)
        {
            observer.Report(new TrainingNote(string.Create(
                CultureInfo.InvariantCulture,
                $"{names.LabelCount - model.LabelCount:N0} labels without documents are found by their names ({unseen.Similarity:F2} name + {unseen.Coverage:F2} coverage + {unseen.Information:F2} information + {unseen.Documents:F2} ln(1 + documents with the name) + {unseen.Twentieth:F2} similarity of the twentieth {unseen.Intercept:+0.00;-0.00})")));
        }

        return model with { ScoreWeights = weights with { Unseen = fitted?.Weights }, NameStatistics = fitted?.Names };
    }

    /// <summary>
    /// Whether labels are frequent and rare. Where all have about as many documents, those with a document among the held-out ones have fewer blind
    /// ones than the others, and f would speak against a label only because its documents are held out.
    /// </summary>
    private bool FrequenciesVary()
    {
        double[] signals = [.. split.AllFrequencies.Where(count => count > 0).Select(count => (double)ScoreWeights.FrequencySignal(count))];
        return TensorPrimitives.StdDev<double>(signals) >= LeastFrequencyDeviation;
    }

    /// <param name="index">The finder's, since every head shortlists by the same label embeddings.</param>
    private Model Best(List<(Head Head, Model Model)> heads, ILabelIndex? index)
    {
        var inversePropensities = Propensities.Inverse(split.BlindFrequencies, split.Blind.PointCount, PropensityOptions.Standard);
        var best = heads[0].Model;
        var bestQuality = double.NegativeInfinity;
        foreach (var (head, model) in heads)
        {
            var score = ValidationScore.Of(model, split.HeldOut!, inversePropensities, index, kernels, workers);
            var weights = model.ScoreWeights is { } w && model.Sparse is not null
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $" ({w.Logit:F2} logit + {w.Margin:F2} margin + {w.Cosine:F2} cosine + {w.Centroid:F2} centroid + {w.Frequency:F2} f + {w.FrequencyMargin:F2} f·margin{(w.CountsNames ? $" + {w.Name:F2} name + {w.NameCoverage:F2} coverage + {w.FrequencyName:F2} f·name" : "")})")
                : "";
            observer.Report(new TrainingNote(
                $"head {head}: P@1 {score.P1:P2}, nDCG@5 {score.Ndcg5:P2}, PSnDCG@5 {score.PropensityNdcg5:P2} on the documents it is chosen by{weights}"));
            if (score.HeadAndTail > bestQuality + (head == Head.Hybrid ? 0 : Math.Max(LeastGain, 0.5 / Math.Sqrt(split.HeldOut!.PointCount))))
                (best, bestQuality) = (model with { Training = model.Training! with { Statistics = model.Training.Statistics with { ValidationP1 = score.P1 } } }, score.HeadAndTail);
        }

        return best;
    }
}
