using System.Diagnostics;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Shortlists;

namespace LightDxml.Training;

/// <summary>Phases 1 and 2: encodes the training points, trains the label embeddings and gives every point a new shortlist.</summary>
internal sealed class ShortlistRefresher(
    Dataset train, TrainingOptions options, TrainingPlan plan, LabelEmbeddingTrainer proxy,
    ITrainingEngine engine, KernelSet kernels, int threads, ITrainingObserver observer)
{
    private readonly DenseMatrix _encodings = new(train.PointCount, options.Encoder.Dimensions);
    private readonly RankedLabels _shortlist = new(train.PointCount, train.LabelCount, plan.Width);

    /// <summary>The label embeddings of the latest refresh.</summary>
    public DenseMatrix? LabelEmbeddings { get; private set; }

    public RankedLabels Refresh(int epoch, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        engine.Encode(train.Features, _encodings);
        (LabelEmbeddings, var loss) = proxy.Train(_encodings, cancellation);
        var embeddingTime = watch.Elapsed;
        cancellation.ThrowIfCancellationRequested();
        watch.Restart();
        UnitEncodings.Normalize(_encodings, kernels, threads);
        var index = LabelIndexes.Create(options.Shortlist, LabelEmbeddings, kernels, plan.Width, threads, out var reason);
        using var deviceMemory = index as IDisposable;
        if (epoch == 0)
            observer.Report(new TrainingNote($"label index: {index.Name} ({reason})"));
        index.Search(_encodings, _shortlist, threads);
        observer.Report(new ShortlistRefreshed(
            epoch, index.Name, plan.Width, ShortlistRecall.Of(_shortlist, train.Labels), loss, embeddingTime, watch.Elapsed));
        return _shortlist;
    }
}
