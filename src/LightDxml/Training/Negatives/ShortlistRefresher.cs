using System.Diagnostics;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Metrics;

namespace LightDxml.Training;

/// <summary>Phases 1 and 2: encodes the training points, trains the label embeddings and gives every point a new shortlist.</summary>
internal sealed class ShortlistRefresher(
    Dataset train, Dataset? validation, TrainingOptions options, TrainingPlan plan, LabelEmbeddingTrainer proxy,
    ITrainingEngine engine, KernelSet kernels, int threads, ITrainingObserver observer)
{
    /// <summary>Points that are searched for together; what they find does not depend on it.</summary>
    internal int PointsAtOnce { get; init; } = PointsAtOnceOf(threads);

    /// <summary>Enough that every thread has several blocks of its index's size.</summary>
    internal static int PointsAtOnceOf(int threads) => Math.Clamp(2048 * RowRanges.ResolveThreads(threads), 4096, 32_768);

    private readonly int[] _frequencies = LabelFrequencies.Count(train.Labels);

    // Made when they are first wanted: where every label is a negative, nothing is ever shortlisted.
    private DenseMatrix? _encodings;
    private RankedLabels? _shortlist;

    private string? _reason;
    private int _epoch = -1;

    /// <summary>Refreshes of a run that goes to the end of the schedule.</summary>
    private int Searches => (options.Schedule.Epochs + options.Schedule.RefreshEvery - 1) / Math.Max(1, options.Schedule.RefreshEvery);

    /// <summary>The label embeddings of the latest refresh.</summary>
    public DenseMatrix? LabelEmbeddings { get; private set; }

    /// <summary>Shortlists for the epochs from <paramref name="epoch"/> on, by the engine's parameters as they stand. Those of before must be needed no more.</summary>
    public RankedLabels Refresh(int epoch, Checkpoint checkpoint, CancellationToken cancellation)
    {
        // The memory of the last shortlists is used again.
        if (_epoch >= 0)
            checkpoint.Drop(NameOf(_epoch));
        return Stored(epoch, checkpoint, scope => Made(epoch, scope, cancellation));
    }

    /// <summary>The shortlists that an earlier process made before an epoch.</summary>
    public RankedLabels Restore(int epoch, Checkpoint checkpoint) => Stored(epoch, checkpoint, _ => throw checkpoint.Missing(NameOf(epoch)));

    private RankedLabels Stored(int epoch, Checkpoint checkpoint, Func<Checkpoint, (RankedLabels Shortlist, DenseMatrix LabelEmbeddings)> make)
    {
        _epoch = epoch;
        (_shortlist, LabelEmbeddings) = checkpoint.Result<(RankedLabels Shortlist, DenseMatrix LabelEmbeddings)>(
            NameOf(epoch), make,
            static (file, result) =>
            {
                file.Add("shortlist", result.Shortlist);
                file.Add("labelEmbeddings", result.LabelEmbeddings);
            },
            static file => (file.Ranking("shortlist"), file.Matrix("labelEmbeddings")));
        return _shortlist;
    }

    private (RankedLabels Shortlist, DenseMatrix LabelEmbeddings) Made(int epoch, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        _encodings ??= new DenseMatrix(train.PointCount, options.Encoder.Dimensions);
        var shortlist = _shortlist ?? new RankedLabels(train.PointCount, train.LabelCount, plan.Width, keepScores: false);
        engine.Encode(train.Features, _encodings);
        var (labelEmbeddings, loss) = proxy.Train(_encodings, checkpoint, cancellation);
        var embeddingTime = watch.Elapsed;
        checkpoint.Boundary(cancellation);
        watch.Restart();
        UnitEncodings.Normalize(_encodings, kernels, threads);
        var index = LabelIndexes.CreateForTraining(
            options.Shortlist.IndexSettings(options.Seed), labelEmbeddings, kernels, train.PointCount, Searches, plan.Width, threads, out var reason);
        using var deviceMemory = index as IDisposable;
        if (reason != _reason)
            observer.Report(new TrainingNote($"label index: {index.Name} ({reason})"));
        _reason = reason;
        FillShortlists(index, _encodings, shortlist, checkpoint, cancellation);
        observer.Report(new ShortlistRefreshed(
            epoch, index.Name, plan.Width, ShortlistRecall.Of(shortlist, train.Labels), loss, embeddingTime, watch.Elapsed, Unseen(index)));
        return (shortlist, labelEmbeddings);
    }

    private static string NameOf(int epoch) => $"shortlist-{epoch}";

    /// <summary>
    /// Searches some thousands of points at a time: training asks for the labels alone, and the similarities of 490,000 points would be 0.8 GB.
    /// </summary>
    private void FillShortlists(ILabelIndex index, DenseMatrix encodings, RankedLabels shortlist, Checkpoint checkpoint, CancellationToken cancellation)
    {
        DenseMatrix? documents = null;
        RankedLabels? found = null;
        for (var first = 0; first < train.PointCount; first += PointsAtOnce)
        {
            checkpoint.Boundary(cancellation);
            var count = Math.Min(PointsAtOnce, train.PointCount - first);
            if (documents?.RowCount != count)
                documents = new DenseMatrix(count, encodings.Dimensions);
            if (found?.PointCount != count)
                found = new RankedLabels(count, train.LabelCount, plan.Width);
            encodings.Rows(first, count).CopyTo(documents.Span);
            index.Search(documents, found, threads);
            found.Labels(0, count).CopyTo(shortlist.Labels(first, count));
        }
    }

    private IReadOnlyList<RecallBin> Unseen(ILabelIndex index)
    {
        if (validation is null)
            return [];
        var encodings = new DenseMatrix(validation.PointCount, options.Encoder.Dimensions);
        engine.Encode(validation.Features, encodings);
        UnitEncodings.Normalize(encodings, kernels, threads);
        var shortlist = new RankedLabels(validation.PointCount, train.LabelCount, plan.Width);
        index.Search(encodings, shortlist, threads);
        return ShortlistRecall.ByFrequency(shortlist, validation.Labels, _frequencies);
    }
}
