using System.Diagnostics;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>Trains a model: LightDXML's cycle of label embeddings, shortlists and classifier training.</summary>
internal static class Trainer
{
    /// <param name="validation">Points to choose the best epoch by; null holds out a seeded share of the training points.</param>
    /// <param name="threads">Threads to use; 0 takes every processor. The model does not depend on it.</param>
    /// <exception cref="LightDxmlException">The data cannot be trained on, or a setting is out of its range.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static Model Train(
        Dataset train, Dataset? validation, TrainingOptions options, int threads, ITrainingObserver observer, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        Check(train, validation);
        options = TrainingPlan.Resolve(options.Validate(), train);
        var watch = Stopwatch.StartNew();
        var processorStart = Process.GetCurrentProcess().TotalProcessorTime;
        var given = train;
        var scale = options.Encoder.UnitRows == UnitLength.False ? CommonRowScale.Of(train.Features) : 1;
        SparseMatrix Scaled(SparseMatrix features) =>
            options.Encoder.UnitRows == UnitLength.False ? CommonRowScale.Apply(features, scale) : UnitRows.Of(features);
        train = train with { Features = Scaled(train.Features) };
        validation = validation is null ? null : validation with { Features = Scaled(validation.Features) };

        var points = train;
        bool[]? heldOut = null;
        if (validation is null && options.Validation.Share > 0)
        {
            var (trainPoints, heldOutPoints) = HoldOut.Split(train.PointCount, options.Validation.Share, options.Seed);
            if (heldOutPoints.Length > 0)
            {
                validation = HoldOut.Select(train, heldOutPoints);
                train = HoldOut.Select(train, trainPoints);
                heldOut = new bool[points.PointCount];
                foreach (var point in heldOutPoints)
                    heldOut[point] = true;
            }
        }

        var kernels = KernelBackends.Select();
        var result = Cycle(train, validation, options.Schedule.Epochs);
        var dense = new Model(result.Network, result.LabelEmbeddings, TrainingPlan.Inference(options, given.PointCount, given.LabelCount))
        {
            LabelFrequencies = LabelFrequencies.Count(given.Labels),
            Training = new TrainingRecord(options, TrainingStatistics.None),
        };
        var model = new HeadSelection(points, heldOut, train, validation, options, kernels, threads, observer).Complete(dense, cancellation);
        if (heldOut is not null && points.PointCount <= options.Validation.RefitUpTo)
        {
            observer.Report(new TrainingNote("the network is trained anew on all points, those held out among them"));
            // It ends where the chosen network stood, whose logits the weights were fitted to.
            var whole = Cycle(points, null, result.BestEpoch);
            model = model with { Network = whole.Network, LabelEmbeddings = whole.LabelEmbeddings };
        }

        var processor = Process.GetCurrentProcess().TotalProcessorTime - processorStart;
        var statistics = new TrainingStatistics(
            given.PointCount, given.FeatureCount, given.LabelCount, given.Features.NonZeroCount, given.Labels.NonZeroCount,
            result.BestEpoch, model.Training!.Statistics.ValidationP1 ?? result.ValidationP1, watch.Elapsed.TotalSeconds, processor.TotalSeconds);
        model = ModelPrecision.Apply(CommonRowScale.Fold(model, scale), options.Storage.Precision, threads);
        return model with { Training = new TrainingRecord(options, statistics), LabelNames = given.LabelNames };

        TrainingCycle.Result Cycle(Dataset of, Dataset? validatedOn, int epochs)
        {
            using var engine = TrainingEngines.Create(of.FeatureCount, of.LabelCount, options, kernels, threads);
            observer.Report(new TrainingNote($"engine: {engine.Name}"));
            return new TrainingCycle(of, validatedOn, options, engine, kernels, threads, observer).Run(epochs, cancellation);
        }
    }

    private static void Check(Dataset train, Dataset? validation)
    {
        if (train.PointCount == 0)
            throw new LightDxmlException($"{train.Name} has no points to train on.");
        if (train.LabelCount == 0 || train.Labels.NonZeroCount == 0)
            throw new LightDxmlException($"{train.Name} has no labels to train on.");
        if (train.FeatureCount == 0)
            throw new LightDxmlException($"{train.Name} has no features to train on.");
        if (validation is not null && (validation.FeatureCount > train.FeatureCount || validation.LabelCount > train.LabelCount))
        {
            throw new LightDxmlException(
                $"{validation.Name} has {validation.FeatureCount} features and {validation.LabelCount} labels, but {train.Name} has {train.FeatureCount} and {train.LabelCount}; were they made with the same vocabulary?");
        }
    }
}
