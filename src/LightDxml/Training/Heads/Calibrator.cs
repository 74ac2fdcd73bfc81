using System.Globalization;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// Learns from the documents held out what the chosen model's scores are worth: the map that makes probabilities of them, and from which
/// probability labels are to be given.
/// </summary>
internal sealed class Calibrator(TrainingSplit split, KernelSet kernels, Workers workers, ITrainingObserver observer)
{
    /// <summary>Labels of a document that are looked at.</summary>
    public const int Ranks = 100;

    /// <summary>First places of which the error is told, as in ECE@5.</summary>
    private const int ErrorRanks = 5;

    /// <param name="model">As it was chosen: it has not learnt from the documents held out.</param>
    /// <returns>The model with its calibration and thresholds; as it was where no documents with labels are held out.</returns>
    public Model Complete(Model model, CancellationToken cancellation)
    {
        if (split.Fitted is not { PointCount: > 1, Labels.NonZeroCount: > 0 } heldOut)
            return model;
        var untailed = model with { Inference = model.Inference with { Tail = 0 }, ScoreWeights = model.ScoreWeights is { } weights ? weights with { Unseen = null } : null };
        var documents = CandidateSignals.Sample(heldOut, Math.Min(Ranks, model.LabelCount), model.Training!.Options.Seed);
        RankedLabels predictions;
        using (var predictor = new Predictor(untailed, new CandidateFinder(untailed, null, kernels, workers.Threads, inTraining: true), kernels, ownsFinder: true))
            predictions = predictor.Predict(documents.Features, Ranks, workers, cancellation);
        var calibration = CalibrationFitter.Fit(predictions, documents.Labels, PointSlice.All);
        var before = Error(predictions, documents.Labels);
        var error = Error(CrossFitted(predictions, documents.Labels), documents.Labels);

        // Of few documents, or where scores are good as they are, a map may do more harm than good.
        if (error >= before)
            (calibration, error) = (null, before);
        Apply(calibration, predictions, PointSlice.All, predictions);
        var thresholds = ThresholdFitter.Fit(predictions, documents.Labels, split.AllFrequencies);

        // Measured on the documents that a threshold is chosen by, it would look better than it is.
        var scores = AssignmentScores.OneThreshold(predictions, documents.Labels);
        observer.Report(new TrainingNote(string.Create(
            CultureInfo.InvariantCulture,
            $"probabilities: off by {100 * error:F1} points (ECE@{ErrorRanks}) on held-out documents, {(calibration is null ? "as good without" : $"{100 * before:F1} before")} calibration; given from {thresholds.Overall:F2} on, labels have a micro-F1 of about {scores.MicroF1:P1} (each half of these documents by the threshold of the other)")));
        return model with
        {
            Calibration = calibration,
            Thresholds = thresholds,
            Training = model.Training with { Statistics = model.Training.Statistics with { CalibrationError = error } },
        };
    }

    private static double Error(RankedLabels predictions, SparseMatrix truth) =>
        ReliabilityCurve.Of(predictions, truth, ErrorRanks)?.ExpectedCalibrationError ?? 0;

    /// <summary>Each half of the documents by what the other half taught.</summary>
    private static RankedLabels CrossFitted(RankedLabels predictions, SparseMatrix truth)
    {
        var mapped = new RankedLabels(predictions.PointCount, predictions.LabelCount, predictions.Width);
        foreach (var (fit, apply) in PointSlice.Halves)
            Apply(CalibrationFitter.Fit(predictions, truth, fit), predictions, apply, mapped);
        return mapped;
    }

    private static void Apply(ScoreCalibration? calibration, RankedLabels from, PointSlice points, RankedLabels to)
    {
        for (var point = points.First; point < from.PointCount; point += points.Step)
        {
            var labels = from.Labels(point);
            labels.CopyTo(to.Labels(point));
            for (var place = 0; place < labels.Length && labels[place] >= 0; place++)
                to.Scores(point)[place] = calibration?.Map(from.Scores(point)[place]) ?? from.Scores(point)[place];
        }
    }
}
