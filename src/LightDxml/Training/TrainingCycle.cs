using System.Diagnostics;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>One run of the cycle: refresh label embeddings and shortlists, train the classifier for some epochs, and again.</summary>
internal sealed class TrainingCycle(
    Dataset train, Dataset? validation, TrainingOptions options, ITrainingEngine engine, KernelSet kernels, int threads, ITrainingObserver observer)
{
    private const int StepsBetweenReports = 20;
    private readonly TrainingPlan _plan = TrainingPlan.For(train, options);
    private readonly LabelEmbeddingTrainer _proxy = new(train.Labels.Transpose(), options.Proxy, options.Seed, kernels, threads);
    private readonly float[]? _labelWeights = Propensities.Weights(LabelFrequencies.Count(train.Labels), train.PointCount, options.Encoder.Propensity);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly int _stepsPerEpoch = (train.PointCount + options.Schedule.BatchSize - 1) / options.Schedule.BatchSize;

    /// <summary>What a run gives.</summary>
    public sealed record Result(DenseNetwork Network, DenseMatrix LabelEmbeddings, int BestEpoch, double? ValidationP1);

    /// <param name="epochs">How far to go on the schedule, at most its end.</param>
    public Result Run(int epochs, CancellationToken cancellation)
    {
        observer.Report(new TrainingNote(_plan.AllLabels
            ? $"{train.LabelCount} labels are few: every one is a negative of every document"
            : $"negatives per document: {_plan.HardNegatives} from a shortlist of {_plan.Width}, and {_plan.UniformNegatives} uniform"));
        var sampler = new NegativeSampler(train, _plan, options.Seed);
        var refresher = new ShortlistRefresher(train, validation, options, _plan, _proxy, engine, kernels, threads, observer);
        var best = new BestEpoch(validation, train.PointCount, options, engine, kernels, threads);
        RankedLabels? shortlist = null;
        int[] order = [.. Enumerable.Range(0, train.PointCount)];
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            if (!_plan.AllLabels && epoch % options.Schedule.RefreshEvery == 0 && (epoch > 0 || options.Shortlist.FromStart))
                shortlist = refresher.Refresh(epoch, cancellation);
            new RandomNumbers(options.Seed, RandomPurpose.PointOrder, epoch).Shuffle(order);
            var started = _watch.Elapsed;
            var loss = TrainEpoch(epoch, order, shortlist, sampler, cancellation);
            if (!double.IsFinite(loss))
                throw Diverged($"in epoch {epoch + 1}");
            var elapsed = _watch.Elapsed - started;
            var validationP1 = best.Consider(epoch, refresher.LabelEmbeddings);
            observer.Report(new EpochCompleted(
                epoch + 1, epochs, loss, options.Encoder.EmbeddingRate * LearningRateSchedule.Factor(options.Schedule, epoch + 1), elapsed,
                train.PointCount / elapsed.TotalSeconds, _watch.Elapsed / (epoch + 1) * (epochs - epoch - 1), validationP1));
            if (options.Validation.Patience > 0 && epoch - best.Epoch >= options.Validation.Patience)
            {
                observer.Report(new TrainingNote($"stopped early: validation P@1 has not risen since epoch {best.Epoch + 1}"));
                break;
            }
        }

        return best.Finish(encodings => _proxy.Train(encodings, cancellation).Embeddings, train.Features);
    }

    /// <summary>The error of a training whose parameters are no numbers any more.</summary>
    internal static LightDxmlException Diverged(string when) => new(
        $"The training diverged {when}: parameters have become infinite or not a number. Nothing was saved. "
        + "Lower the learning rates: encoder.embeddingRate, encoder.residualRate and encoder.classifierRate.");

    /// <summary>Trains over all points once, choosing the next step's negatives while the engine works on this one.</summary>
    /// <returns>Mean loss per point over the steps whose loss was computed.</returns>
    private double TrainEpoch(int epoch, int[] order, RankedLabels? shortlist, NegativeSampler sampler, CancellationToken cancellation)
    {
        var size = options.Schedule.BatchSize;
        var running = new MiniBatch(train.Features, size, _labelWeights);
        var next = new MiniBatch(train.Features, size, _labelWeights);
        var reach = 1 - (1 - options.Negatives.Hardest) * epoch / Math.Max(1, options.Schedule.Epochs - 1);
        void Prepare(MiniBatch batch, int step) => sampler.Fill(
            batch, epoch * _stepsPerEpoch + step + 1, order.AsSpan((step * size)..Math.Min(order.Length, (step + 1) * size)), shortlist, reach);

        var loss = 0.0;
        var lossPoints = 0;
        Prepare(running, 0);
        for (var step = 0; step < _stepsPerEpoch; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var following = step + 1;
            var preparation = threads != 1 && following < _stepsPerEpoch ? Task.Run(() => Prepare(next, following), cancellation) : null;
            var factor = LearningRateSchedule.Factor(options.Schedule, epoch + step / (double)_stepsPerEpoch);
            var encoder = options.Encoder;
            var wantLoss = step % StepsBetweenReports == StepsBetweenReports - 1 || step == _stepsPerEpoch - 1;
            var stepLoss = engine.Train(
                running, new LearningRates(factor * encoder.EmbeddingRate, factor * encoder.ResidualRate, factor * encoder.ClassifierRate), wantLoss);
            if (wantLoss)
            {
                loss += stepLoss * running.Count;
                lossPoints += running.Count;
                observer.Report(new PhaseProgress($"epoch {epoch + 1} of {options.Schedule.Epochs}", step + 1, _stepsPerEpoch));
            }

            if (preparation is not null)
                preparation.GetAwaiter().GetResult();
            else if (following < _stepsPerEpoch)
                Prepare(next, following);
            (running, next) = (next, running);
        }

        return loss / lossPoints;
    }
}
