using System.Diagnostics;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>Phases 1 and 2: encodes the training points, trains the label embeddings and gives every point a new shortlist.</summary>
internal sealed class ShortlistRefresher(
    Dataset train, Dataset? validation, TrainingOptions options, TrainingPlan plan, LabelEmbeddingTrainer proxy,
    ITrainingEngine engine, KernelSet kernels, Workers workers, ITrainingObserver observer)
{
    /// <summary>Points that are searched for together; what they find does not depend on it.</summary>
    internal int PointsAtOnce { get; init; } = PointsAtOnceOf(workers.Threads);

    /// <summary>Enough that every thread has several blocks of its index's size.</summary>
    internal static int PointsAtOnceOf(int threads) => Math.Clamp(2048 * RowRanges.ResolveThreads(threads), 4096, 32_768);

    /// <summary>What processes exchange for shortlists and the steps' choices from them.</summary>
    public const string Exchanged = "shortlists";

    /// <summary>Labels on the shortlists of held-out points at most, whose recall is told: of 25,000 points with 400 each it is known to half a percent.</summary>
    internal const long MostHeldOutPairs = 10_000_000;

    private Dataset? _heldOut;

    private readonly int[] _parts = workers.Parts(train.PointCount);

    private readonly int[] _frequencies = LabelFrequencies.Count(train.Labels);

    // Made when they are first wanted: where every label is a negative, nothing is ever shortlisted.
    private DenseMatrix? _encodings;

    private string? _reason;
    private int _epoch = -1;

    /// <summary>Refreshes of a run that goes to the end of the schedule.</summary>
    private int Searches => (options.Schedule.Epochs + options.Schedule.RefreshEvery - 1) / Math.Max(1, options.Schedule.RefreshEvery);

    /// <summary>What finds labels as the latest refresh did.</summary>
    public Shortlists? Latest { get; private set; }

    /// <summary>Shortlists for the epochs from <paramref name="epoch"/> on, by the engine's parameters as they stand. Those of before must be needed no more.</summary>
    public Shortlists Refresh(int epoch, Checkpoint checkpoint, CancellationToken cancellation)
    {
        // The memory of the last shortlists is used again.
        if (_epoch >= 0)
            checkpoint.Drop(NameOf(_epoch));
        return Stored(epoch, checkpoint, scope => Made(epoch, scope, cancellation));
    }

    /// <summary>The shortlists that an earlier process made before an epoch.</summary>
    public Shortlists Restore(int epoch, Checkpoint checkpoint) => Stored(epoch, checkpoint, _ => throw checkpoint.Missing(NameOf(epoch)));

    private Shortlists Stored(int epoch, Checkpoint checkpoint, Func<Checkpoint, Shortlists> make)
    {
        _epoch = epoch;
        return Latest = checkpoint.Divided(
            NameOf(epoch), make, static (file, result) => result.Write(file), files => Shortlists.Read(files, _parts, workers.Processes.Rank));
    }

    private Shortlists Made(int epoch, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var shortlist = Latest?.Labels ?? new RankedLabels(_parts[workers.Processes.Rank + 1] - _parts[workers.Processes.Rank], train.LabelCount, plan.Width, keepScores: false);
        Latest = null;
        return options.Shortlist.ByCentroids ? ByCentroids(epoch, shortlist) : ByEmbeddings(epoch, shortlist, checkpoint, cancellation);
    }

    /// <summary>Documents and labels do not change, so that once is enough.</summary>
    private Shortlists ByCentroids(int epoch, RankedLabels shortlist)
    {
        observer.Report(new TrainingNote("label index: centroids (labels are found by words, once)"));
        var watch = Stopwatch.StartNew();
        var centroids = SparseCentroids.Of(train, options.Shortlist.CentroidTerms, workers);
        var index = new SparseCentroidIndex(centroids, kernels, frequencies: _frequencies);
        var centroidTime = watch.Elapsed;
        watch.Restart();
        index.Search(workers.Own(train.Features, _parts), shortlist, workers.Threads);
        Report(epoch, "centroids", shortlist, loss: null, centroidTime, watch.Elapsed, (documents, found) => index.Search(documents, found, workers.Threads));
        return new Shortlists(shortlist, _parts, workers.Processes.Rank, null, centroids);
    }

    private Shortlists ByEmbeddings(int epoch, RankedLabels shortlist, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        _encodings ??= new DenseMatrix(train.PointCount, options.Encoder.Dimensions);
        engine.Encode(train.Features, _encodings);
        var (labelEmbeddings, loss) = proxy.Train(_encodings, checkpoint, cancellation);
        var embeddingTime = watch.Elapsed;
        checkpoint.Boundary(cancellation);
        watch.Restart();
        UnitEncodings.Normalize(_encodings, kernels, workers.Threads);
        var index = LabelIndexes.CreateForTraining(
            options.Shortlist.IndexSettings(options.Seed), labelEmbeddings, kernels, train.PointCount, Searches, plan.Width, workers.Threads, out var reason);
        using var deviceMemory = index as IDisposable;
        var device = LabelIndexes.DeviceOf(index);
        ProcessAgreement.CheckDevice(workers.Processes, device);
        checkpoint.Choose("label-search", device);
        if (reason != _reason)
            observer.Report(new TrainingNote($"label index: {index.Name} ({reason})"));
        _reason = reason;
        FillShortlists(index, _encodings, shortlist, checkpoint, cancellation);
        Report(epoch, index.Name, shortlist, loss, embeddingTime, watch.Elapsed, (documents, found) => Search(index, documents, found));
        return new Shortlists(shortlist, _parts, workers.Processes.Rank, labelEmbeddings, null);
    }

    /// <param name="search">Finds labels for documents outside training.</param>
    private void Report(
        int epoch, string index, RankedLabels shortlist, double? loss, TimeSpan preparation, TimeSpan time, Action<SparseMatrix, RankedLabels> search)
    {
        IReadOnlyList<RecallBin> heldOut = [];
        if (validation is not null)
        {
            _heldOut ??= CandidateSignals.Sample(validation, plan.Width, options.Seed, MostHeldOutPairs);
            var found = workers.Rank(_heldOut.Features, documents =>
            {
                var own = new RankedLabels(documents.RowCount, train.LabelCount, plan.Width);
                search(documents, own);
                return own;
            }, Exchanged);
            heldOut = ShortlistRecall.ByFrequency(found, _heldOut.Labels, _frequencies);
        }

        observer.Report(new ShortlistRefreshed(epoch, index, plan.Width, Recall(shortlist), loss, preparation, time, heldOut));
    }

    /// <summary>Over the documents of all processes.</summary>
    private double Recall(RankedLabels shortlist)
    {
        var held = ShortlistRecall.Held(shortlist, train.Labels, _parts[workers.Processes.Rank]);
        return workers.Processes.GatherItems([held], Exchanged).Sum() / (double)Math.Max(1, train.Labels.NonZeroCount);
    }

    private static string NameOf(int epoch) => $"shortlist-{epoch}";

    /// <summary>
    /// Searches some thousands of points at a time: training asks for the labels alone, and the similarities of 490,000 points would be 0.8 GB.
    /// Each process searches for its part of the points.
    /// </summary>
    private void FillShortlists(ILabelIndex index, DenseMatrix encodings, RankedLabels shortlist, Checkpoint checkpoint, CancellationToken cancellation)
    {
        DenseMatrix? documents = null;
        RankedLabels? found = null;
        var start = _parts[workers.Processes.Rank];
        var end = start + shortlist.PointCount;
        for (var first = start; first < end; first += PointsAtOnce)
        {
            checkpoint.Boundary(cancellation);
            var count = Math.Min(PointsAtOnce, end - first);
            if (documents?.RowCount != count)
                documents = new DenseMatrix(count, encodings.Dimensions);
            if (found?.PointCount != count)
                found = new RankedLabels(count, train.LabelCount, plan.Width);
            encodings.Rows(first, count).CopyTo(documents.Span);
            index.Search(documents, found, workers.Threads);
            found.Labels(0, count).CopyTo(shortlist.Labels(first - start, count));
        }
    }

    private void Search(ILabelIndex index, SparseMatrix documents, RankedLabels found)
    {
        var encodings = new DenseMatrix(documents.RowCount, options.Encoder.Dimensions);
        if (workers.Processes.Size == 1)
            engine.Encode(documents, encodings);
        else
            new DocumentEncoder(engine.Current, kernels).Encode(documents, encodings, workers.Threads); // each process has documents of its own
        UnitEncodings.Normalize(encodings, kernels, workers.Threads);
        index.Search(encodings, found, workers.Threads);
    }
}
