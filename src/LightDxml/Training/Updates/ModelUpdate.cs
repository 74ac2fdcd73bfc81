using System.Diagnostics;
using System.Globalization;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.Names;

namespace LightDxml.Training;

/// <summary>
/// Adds documents and labels to a trained model without training it anew. The encoder and what the vectoriser knows stay as they are, and so do the
/// weights of the score and its calibration. Label embeddings, centroids, frequencies and linear SVMs learn from the new documents, and new labels get
/// rows everywhere: with the help of the former documents where they are at hand, else of what the model stores.
/// </summary>
internal static class ModelUpdate
{
    /// <param name="former">The model, in memory; it stays as it is.</param>
    /// <param name="threads">Threads to use; 0 takes every processor. The model does not depend on it.</param>
    /// <exception cref="LightDxmlException">The model does not hold what an update needs.</exception>
    /// <exception cref="OperationCanceledException">The update was cancelled.</exception>
    public static Model Apply(Model former, UpdateSets sets, int threads, ITrainingObserver observer, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var processor = Environment.CpuUsage.TotalTime;
        RequireSettings(former);
        Check(former, sets);
        if (sets.Wider is { } wider)
        {
            observer.Report(new TrainingNote(string.Create(CultureInfo.InvariantCulture, $"{wider.FeatureCount - former.FeatureCount:N0} terms are new; the encoder does not know them, classifiers and centroids of labels with new documents do")));
            former = WiderVocabulary.Of(former, wider);
        }

        var (scaling, given) = (former.FeatureScaling, sets);
        (former, sets) = (former with { FeatureScaling = null }, sets.Scaled(scaling, threads));
        var model = sets.Labels.Apply(former, (sets.Previous?.PointCount ?? former.Inference.TrainingDocuments) + (sets.Added?.PointCount ?? 0));
        if ((sets.Added ?? sets.Previous?.SelectRows([])) is { } added)
            model = Learn(model, sets, added, threads, observer, cancellation);
        model = ModelPrecision.Apply(model, model.Inference.Precision, threads);
        if (!FiniteCheck.Holds(model))
            throw new LightDxmlException("The update diverged: parameters have become infinite or not a number. Nothing was saved.");
        return model with
        {
            FeatureScaling = scaling,
            Training = Record(former.Training!, model, given, watch.Elapsed, Environment.CpuUsage.TotalTime - processor),
        };
    }

    private static Model Learn(Model model, UpdateSets sets, Dataset added, int threads, ITrainingObserver observer, CancellationToken cancellation)
    {
        var kernels = KernelBackends.Select();
        var options = model.Training!.Options;
        var documents = UpdateDocuments.Of(model, added, sets.Previous);
        var counts = LabelFrequencies.Count(added.Labels);
        var formerCounts = sets.Previous is null ? model.LabelFrequencies! : LabelFrequencies.Count(sets.Previous.Labels);
        Say(model, sets, added, counts, formerCounts, observer);

        var encodings = Encodings(model, documents.All, kernels, threads);
        cancellation.ThrowIfCancellationRequested();
        var means = new LabelMeans(documents, formerCounts, kernels, threads);
        model = model with
        {
            LabelFrequencies = [.. counts.Zip(formerCounts, (one, other) => one + other)],
            LabelEmbeddings = documents.HasFormer ? Embeddings(model, documents.All, encodings, kernels, threads, cancellation) : means.Embeddings(model.LabelEmbeddings, encodings),
            NameStatistics = Statistics(model, documents),
            Centroids = model.Centroids is { } centroids ? means.Centroids(centroids, options.Shortlist.CentroidTerms) : null,
        };
        if (documents.HasFormer && model.Centroids is not null && model.Inference.TakesParts)
        {
            var parts = PartCentroids.Of(documents.Scaled, options.Shortlist.PartSettings, options.Seed, threads);
            model = model with { PartCentroids = parts is null ? null : parts with { Rows = CommonRowScale.Apply(parts.Rows, documents.Scale) } };
        }

        return new RenewedRows(model, documents, encodings, sets.Labels.IsChanged, counts, kernels, threads, observer).Of(cancellation);
    }

    /// <summary>[documents, dimensions + 1], a constant 1 last, as the dense classifier takes them.</summary>
    private static DenseMatrix Encodings(Model model, Dataset documents, KernelSet kernels, int threads)
    {
        var encodings = new DenseMatrix(documents.PointCount, model.Network.Dimensions + 1);
        new DocumentEncoder(model.Network, kernels).Encode(documents.Features, encodings, threads);
        for (var document = 0; document < documents.PointCount; document++)
            encodings.Row(document)[model.Network.Dimensions] = 1;
        return encodings;
    }

    /// <summary>Label embeddings of all documents, as training derives them; of labels without documents at hand those that the model has.</summary>
    private static DenseMatrix Embeddings(Model model, Dataset documents, DenseMatrix encodings, KernelSet kernels, int threads, CancellationToken cancellation)
    {
        var options = model.Training!.Options;
        var points = encodings.FirstColumns(model.Network.Dimensions);
        var labelPoints = documents.Labels.Transpose();
        var embeddings = new LabelEmbeddingTrainer(labelPoints, options.Proxy, options.Seed, kernels, threads).Train(points, Checkpoint.None, cancellation).Embeddings;
        for (var label = 0; label < embeddings.RowCount; label++)
        {
            if (labelPoints.RowLength(label) == 0)
                model.LabelEmbeddings.Row(label).CopyTo(embeddings.Row(label));
        }

        return embeddings;
    }

    /// <summary>What documents tell of the names of labels that none has.</summary>
    private static NameStatistics? Statistics(Model model, UpdateDocuments documents)
    {
        if (model is not { NameStatistics: { } stored, Names: { } names })
            return null;
        var counted = UnseenLabelFitter.Count(documents.HasFormer ? documents.All : documents.Added, names, model.LabelCount);
        return documents.HasFormer ? counted : stored.And(counted);
    }

    private static void Say(Model model, UpdateSets sets, Dataset added, int[] counts, int[] formerCounts, ITrainingObserver observer)
    {
        var (touched, fresh) = (counts.Count(count => count > 0), sets.Labels.IsChanged.Count(changed => changed));
        Note($"{added.PointCount:N0} documents are added, with {touched:N0} of {counts.Length:N0} labels; {fresh:N0} labels are new or merged");
        Note($"kept as they are: {(sets.Wider is null ? "vectoriser, " : "")}encoder, the dense classifier's rows of known labels, weights of the score, calibration and thresholds");
        if (sets.Previous is not { } previous)
        {
            Note($"the former documents are not at hand: centroids stand in for them where new labels need negatives{(model.PartCentroids is null ? "" : "; part centroids stay as they are")}");
            return;
        }

        var others = Enumerable.Range(0, counts.Length).Count(label => !sets.Labels.IsChanged[label] && formerCounts[label] != model.LabelFrequencies![label]);
        if (others > 0)
            Note($"{previous.Name} has other numbers of documents for {others:N0} labels than the model was trained on; is it the former training set?");

        void Note(FormattableString text) => observer.Report(new TrainingNote(text.ToString(CultureInfo.InvariantCulture)));
    }

    private static TrainingRecord Record(TrainingRecord record, Model model, UpdateSets sets, TimeSpan elapsed, TimeSpan processor)
    {
        // What was measured on held-out documents was another model.
        var former = record.Statistics;
        return record with
        {
            Statistics = former with
            {
                PointCount = model.Inference.TrainingDocuments,
                FeatureCount = model.FeatureCount,
                LabelCount = model.LabelCount,
                FeatureNonZeros = (sets.Previous?.Features.NonZeroCount ?? former.FeatureNonZeros) + (sets.Added?.Features.NonZeroCount ?? 0),
                LabelNonZeros = model.LabelFrequencies!.Sum(count => (long)count),
                ValidationP1 = null,
                CalibrationError = null,
                TrainingSeconds = former.TrainingSeconds + elapsed.TotalSeconds,
                ProcessorSeconds = former.ProcessorSeconds + processor.TotalSeconds,
            },
        };
    }

    /// <exception cref="LightDxmlException">The model does not know by what settings it was trained.</exception>
    public static void RequireSettings(Model model)
    {
        if (model.Training is null)
            throw new LightDxmlException("The model has no training.json that this version understands. An update needs the settings in it; train anew.");
    }

    private static void Check(Model model, UpdateSets sets)
    {
        if (model.LabelFrequencies is null)
            throw new LightDxmlException("The model was saved by a version that did not keep how often labels occur, which an update needs; train anew.");
        if (sets.Previous is null && model.Centroids is null && sets.Labels.IsChanged.Contains(true))
            throw new LightDxmlException("The model has a dense head alone, whose new labels are learnt with the former documents: give those, too (--previous).");
        if (sets.Labels.TrainedCount == 0)
            throw new LightDxmlException("No label would be left.");
    }
}
