using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.Names;

namespace LightDxml.Training;

/// <summary>Trains a model: LightDXML's cycle of label embeddings, shortlists and classifier training.</summary>
internal static class Trainer
{
    /// <param name="validation">Points to choose the best epoch by; null holds out a seeded share of the training points.</param>
    /// <param name="threads">Threads to use; 0 takes every processor. The model does not depend on it.</param>
    /// <exception cref="LightDxmlException">The data cannot be trained on, or a setting is out of its range.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static Model Train(
        Dataset train, Dataset? validation, TrainingOptions options, int threads, ITrainingObserver observer, CancellationToken cancellation = default) =>
        Train(train, validation, options, threads, observer, names: null, Checkpoint.None, cancellation);

    /// <param name="workers">Processes of a group get the same model, but that only the first one's is rounded to what is stored.</param>
    /// <param name="names">The names by which labels are found, or null.</param>
    /// <param name="checkpoint">Where the training keeps how far it is, and what it goes on from.</param>
    /// <inheritdoc cref="Train(Dataset, Dataset?, TrainingOptions, int, ITrainingObserver, CancellationToken)"/>
    public static Model Train(
        Dataset train, Dataset? validation, TrainingOptions options, Workers workers, ITrainingObserver observer, NameIndex? names, Checkpoint checkpoint, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        options.RequireGroups();
        if (names is null && options.Names.Use == LabelNameUse.Labels)
            throw new Configuration.OptionsException($"names.use=labels looks for labels in text, but {train.Name} holds features.");
        Check(train, validation, options);
        Say(UnusedSettings.Of(options, validation is not null));
        options = options.Validate();
        var given = train.Features;
        var scaling = FeatureScales.Of(given, options.Encoder.Standardize, out var largest, out var ratio);
        if (scaling is not null)
        {
            Say([FormattableString.Invariant($"features are brought to one scale (encoder.standardize): values of '{train.FeatureNames?[largest] ?? $"{largest}"}' are {ratio:N1} times those of a quarter of the features")]);
            (train, validation) = (Standardized(train), validation is null ? null : Standardized(validation));
        }

        if (TrainingPlan.MostLabelsHaveNoDocument(options, train))
            Say([$"{train.Labels.RowsPerColumn().Count(rows => rows > 0):N0} of {train.LabelCount:N0} labels have training documents: candidates are found by a label index, which has these alone"]);
        options = TrainingPlan.Resolve(options with { Encoder = options.Encoder with { Standardize = scaling is null ? Standardization.False : Standardization.True } }, train);
        TrainingLimits.Check(train.PointCount, train.FeatureCount, train.LabelCount, options, Array.MaxLength, workers.Processes.Size);
        if (names is not null)
            TrainingLimits.CheckCandidates(train.PointCount, train.LabelCount, options, options.Names.Candidates, Array.MaxLength, workers.Processes.Size);
        if (TrainingLimits.Doubt(train, options, Array.MaxLength) is { } doubt)
            Say([doubt]);
        ProcessAgreement.Check(train, validation, names?.Texts, options, workers.Processes);
        checkpoint.Observer = observer;
        var time = TrainingTime.Start(checkpoint);
        var keepsLengths = options.Encoder.UnitRows == UnitLength.False;
        var scale = keepsLengths ? CommonRowScale.Of(train.Features) : 1;
        Dataset Scaled(Dataset data) => data with { Features = keepsLengths ? CommonRowScale.Apply(data.Features, scale) : UnitRows.Of(data.Features) };
        var split = TrainingSplit.Of(
            Scaled(train), validation is null ? null : Scaled(validation.Widened(train.FeatureCount, train.LabelCount)), options.Validation.Share, options.Seed,
            unitRows: !keepsLengths, isKept: names is null ? null : names.IsOfAName);
        var run = new Run(options, KernelBackends.Select(), workers, observer, names);
        var (cycle, chosen) = run.Blind(split, checkpoint.Within("blind"), cancellation);
        if (options.Head == Head.Auto)
            Say(UnusedSettings.OfHead(options, chosen.Chosen.Sparse is null ? Head.Dense : Head.Hybrid));
        chosen = chosen with { Chosen = new Calibrator(split, run.Kernels, workers, observer).Complete(chosen.Chosen, cancellation) };
        TrainingCycle.Result? whole = null;
        if (split.IsHeldOut is not null && train.PointCount <= options.Validation.RefitUpTo)
        {
            observer.Report(new TrainingNote("the network is trained again on all documents, the held-out ones included"));
            // It ends where the chosen network stood, whose logits the weights were fitted to.
            whole = run.Cycle(split.All, null, cycle.BestEpoch, checkpoint.Within("whole"), cancellation);
        }

        Leftovers.Collect();
        var model = FinalRefit.Of(chosen, split, whole, options, run.Kernels, workers, checkpoint.Within("refit"), cancellation);
        if (!FiniteCheck.Holds(model))
            throw TrainingCycle.Diverged("by its end");
        var (elapsed, processor) = time.End();
        var statistics = new TrainingStatistics(
            train.PointCount, train.FeatureCount, train.LabelCount, given.NonZeroCount, train.Labels.NonZeroCount,
            cycle.BestEpoch, model.Training!.Statistics.ValidationP1 ?? cycle.ValidationP1, elapsed.TotalSeconds, processor.TotalSeconds)
        {
            CalibrationError = model.Training.Statistics.CalibrationError,
        };
        Leftovers.Collect();
        if (workers.Processes.IsFirst)
        {
            model = ModelPrecision.Apply(CommonRowScale.Fold(model, scale), options.Storage.Precision, workers.Threads);
            if (!FiniteCheck.Holds(model))
                throw new LightDxmlException("The training diverged: weights for features as small or as large as these have become infinite or not a number. Nothing was saved. Bring the features' values nearer to 1, as 'data convert --unit-rows' does.");
        }

        return model with { Training = new TrainingRecord(options, statistics), LabelNames = train.LabelNames, FeatureScaling = scaling };

        Dataset Standardized(Dataset data) => data with { Features = scaling.Apply(data.Features, workers.Threads) };

        void Say(IEnumerable<string> notes)
        {
            foreach (var note in notes)
                observer.Report(new TrainingNote(note));
        }
    }

    /// <summary>The phases of one training run, whose settings are resolved.</summary>
    internal sealed record Run(TrainingOptions Options, KernelSet Kernels, Workers Workers, ITrainingObserver Observer, NameIndex? Names = null)
    {
        /// <summary>Trains network and head, and chooses by the points held out. What it gives depends on their labels in its choices and score weights alone.</summary>
        public (TrainingCycle.Result Cycle, HeadSelection.Result Head) Blind(TrainingSplit split, Checkpoint checkpoint, CancellationToken cancellation)
        {
            var cycle = Cycle(split.Blind, split.HeldOut, Options.Schedule.Epochs, checkpoint, cancellation);

            // The tail weight needs frequencies and the number of documents: with the blind ones it works while the head is chosen.
            var dense = new Model(cycle.Network, cycle.LabelEmbeddings, TrainingPlan.Inference(Options, split.Blind.PointCount, split.Blind.LabelCount) with { NameCandidates = Names is null ? 0 : Options.Names.Candidates })
            {
                LabelFrequencies = split.BlindFrequencies,
                Names = Names,
                Training = new TrainingRecord(Options, TrainingStatistics.None),
            };
            return (cycle, new HeadSelection(split, Options, Kernels, Workers, Observer).Complete(dense, checkpoint, cancellation));
        }

        public TrainingCycle.Result Cycle(Dataset points, Dataset? validation, int epochs, Checkpoint checkpoint, CancellationToken cancellation) =>
            checkpoint.Result("network", scope => Trained(points, validation, epochs, scope, cancellation), static (file, result) => result.Write(file), TrainingCycle.Result.Read);

        private TrainingCycle.Result Trained(Dataset points, Dataset? validation, int epochs, Checkpoint checkpoint, CancellationToken cancellation)
        {
            using var engine = TrainingEngines.Create(points.FeatureCount, points.LabelCount, Options, Kernels, Workers);
            Observer.Report(new TrainingNote($"engine: {engine.Name}"));
            checkpoint.Choose("engine", engine.Name);
            checkpoint.Choose("engine-build", $"{engine.GetType().Module.ModuleVersionId}");
            var result = new TrainingCycle(points, validation, Options, engine, Kernels, Workers, Observer).Run(epochs, checkpoint, cancellation);
            if (Names is not null)
                ClearUnused(result.Network, points);
            return result;
        }
    }

    /// <summary>Embeddings of features that no document has are noise; names bring such features.</summary>
    private static void ClearUnused(DenseNetwork network, Dataset points)
    {
        var documents = points.Features.RowsPerColumn();
        var embeddings = network.Embeddings.ToMatrix();
        for (var column = 0; column < documents.Length; column++)
        {
            if (documents[column] == 0)
                embeddings.Row(column).Clear();
        }
    }

    private static void Check(Dataset train, Dataset? validation, TrainingOptions options)
    {
        if (train.PointCount == 0)
            throw new LightDxmlException($"{train.Name} has no documents to train on.");
        if (train.LabelCount == 0 || train.Labels.NonZeroCount == 0)
            throw new LightDxmlException($"{train.Name} has no labels to train on.");
        if (validation is { PointCount: 0 })
            throw new LightDxmlException($"{validation.Name} has no documents to choose by.");
        if (train.FeatureCount == 0)
            throw new LightDxmlException($"{train.Name} has no features to train on.");
        TrainingLimits.CheckCounts(train.FeatureCount, train.LabelCount, options, Array.MaxLength);
        FiniteCheck.Require(train.Features);
        if (validation is not null)
            FiniteCheck.Require(validation.Features);
        if (validation is not null && (validation.FeatureCount > train.FeatureCount || validation.LabelCount > train.LabelCount))
        {
            throw new LightDxmlException(
                $"{validation.Name} has {validation.FeatureCount} features and {validation.LabelCount} labels, but {train.Name} has {train.FeatureCount} and {train.LabelCount}; were they made with the same vocabulary?");
        }

        ColumnNames.RequireSame("feature", train.Name, train.FeatureNames, validation?.Name ?? "", validation?.FeatureNames);
        ColumnNames.RequireSame("label", train.Name, train.LabelNames, validation?.Name ?? "", validation?.LabelNames);
    }
}
