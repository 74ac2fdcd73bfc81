using System.Diagnostics;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>One run of the cycle: refresh label embeddings and shortlists, train the classifier for some epochs, and again.</summary>
internal sealed class TrainingCycle(
    Dataset train, Dataset? validation, TrainingOptions options, ITrainingEngine engine, KernelSet kernels, Workers workers, ITrainingObserver observer)
{
    private const int StepsBetweenReports = 20;
    private readonly TrainingPlan _plan = TrainingPlan.Of(options, train.LabelCount);
    private readonly LabelEmbeddingTrainer _proxy = new(train.Labels.Transpose(), options.Proxy, options.Seed, kernels, workers);
    private readonly float[]? _labelWeights = Propensities.Weights(LabelFrequencies.Count(train.Labels), train.PointCount, options.Encoder.Propensity);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly int _stepsPerEpoch = (train.PointCount + options.Schedule.BatchSize - 1) / options.Schedule.BatchSize;

    private Place _place;

    /// <summary>What a run gives.</summary>
    public sealed record Result(DenseNetwork Network, DenseMatrix LabelEmbeddings, int BestEpoch, double? ValidationP1)
    {
        public void Write(SafetensorsWriter file)
        {
            file.Add("network", Network);
            file.Add("labelEmbeddings", LabelEmbeddings);
            file.Add("bestEpoch", BestEpoch);
            file.Add("validationP1", ValidationP1 is { } p1 ? [p1] : Array.Empty<double>());
        }

        public static Result Read(SafetensorsFile file) => new(
            file.Network("network"), file.Matrix("labelEmbeddings"), file.Whole("bestEpoch")[0], file.Doubles("validationP1") is [var p1] ? p1 : null);
    }

    /// <summary>How far a run is.</summary>
    /// <param name="Epoch">The epoch that comes next or is under way, from 0.</param>
    /// <param name="Step">Its next step.</param>
    /// <param name="Refreshed">The epoch before which the latest shortlists were made; −1 where there are none.</param>
    /// <param name="Loss">Of the epoch's steps so far, summed over the <paramref name="LossPoints"/> points whose loss was computed.</param>
    private readonly record struct Place(int Epoch, int Step, int Refreshed, double Loss, int LossPoints);

    /// <param name="epochs">How far to go on the schedule, at most its end.</param>
    /// <param name="checkpoint">A scope of its own.</param>
    public Result Run(int epochs, Checkpoint checkpoint, CancellationToken cancellation)
    {
        observer.Report(new TrainingNote(_plan.AllLabels
            ? $"{train.LabelCount} labels are few: every one is a negative of every document{(options.Shortlist.Index == "auto" ? "" : $", so that shortlist.index={options.Shortlist.Index} has nothing to search")}"
            : $"negatives per document: {_plan.HardNegatives} from a shortlist of {_plan.Width}, and {_plan.UniformNegatives} uniform"));
        var sampler = new NegativeSampler(train, _plan, options.Seed);
        var refresher = new ShortlistRefresher(train, validation, options, _plan, _proxy, engine, kernels, workers, observer);
        var best = new BestEpoch(validation, train.PointCount, LabelFrequencies.Count(train.Labels), options, engine, kernels, workers);
        Shortlists? shortlists = null;
        int[] order = [.. Enumerable.Range(0, train.PointCount)];
        _place = new Place(0, 0, -1, 0, 0);
        checkpoint.Read("epochs", file =>
        {
            Restore(file);
            best.Restore(file, checkpoint);
            return true;
        });
        var first = _place.Epoch;
        if (_place.Refreshed >= 0)
            shortlists = refresher.Restore(_place.Refreshed, checkpoint);
        checkpoint.State("epochs", file =>
        {
            Save(file);
            best.Save(file);
        });
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            new RandomNumbers(options.Seed, RandomPurpose.PointOrder, epoch).Shuffle(order);
            if (epoch < _place.Epoch)
                continue;
            checkpoint.Boundary(cancellation);
            if (!_plan.AllLabels && epoch % options.Schedule.RefreshEvery == 0 && (epoch > 0 || options.Shortlist.FromStart) && _place.Refreshed < epoch)
            {
                _place = _place with { Refreshed = -1 };
                shortlists = refresher.Refresh(epoch, checkpoint, cancellation);
                _place = _place with { Refreshed = epoch };
                Leftovers.Collect();
            }

            var started = _watch.Elapsed;
            var loss = TrainEpoch(order, shortlists, sampler, checkpoint, cancellation);
            if (!double.IsFinite(loss))
                throw Diverged($"in epoch {epoch + 1}");
            var elapsed = _watch.Elapsed - started;
            var validationP1 = best.Consider(epoch, refresher.Latest, checkpoint);
            observer.Report(new EpochCompleted(
                epoch + 1, epochs, loss, options.Encoder.EmbeddingRate * LearningRateSchedule.Factor(options.Schedule, epoch + 1), elapsed,
                train.PointCount / elapsed.TotalSeconds, _watch.Elapsed / (epoch + 1 - first) * (epochs - epoch - 1), validationP1));
            _place = new Place(epoch + 1, 0, _place.Refreshed, 0, 0);
            if (options.Validation.Patience > 0 && epoch - best.Epoch >= options.Validation.Patience)
            {
                observer.Report(new TrainingNote($"stopped early: nDCG@5 on the validation documents has been lower since epoch {best.Epoch + 1}"));
                _place = _place with { Epoch = epochs };
                break;
            }
        }

        return best.Finish(encodings => _proxy.Train(encodings, checkpoint, cancellation).Embeddings, train.Features);
    }

    private void Save(SafetensorsWriter file)
    {
        engine.Save(file);
        file.Add("place", _place.Epoch, _place.Step, _place.Refreshed, _place.LossPoints);
        file.Add("loss", _place.Loss);
    }

    private void Restore(SafetensorsFile file)
    {
        engine.Restore(file);
        var place = file.Whole("place");
        _place = new Place(place[0], place[1], place[2], file.Doubles("loss")[0], place[3]);
    }

    /// <summary>The error of a training whose parameters are no numbers any more.</summary>
    internal static LightDxmlException Diverged(string when) => new(
        $"The training diverged {when}: parameters have become infinite or not a number. Nothing was saved. "
        + "Lower the learning rates: encoder.embeddingRate, encoder.residualRate and encoder.classifierRate.");

    /// <summary>Trains over all points, or those that are left of the epoch, choosing the negatives of the step after the next while the engine works on this one.</summary>
    /// <returns>Mean loss per point over the steps whose loss was computed.</returns>
    private double TrainEpoch(int[] order, Shortlists? shortlists, NegativeSampler sampler, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var epoch = _place.Epoch;
        var size = options.Schedule.BatchSize;
        var running = new MiniBatch(train.Features, size, _labelWeights);
        var next = new MiniBatch(train.Features, size, _labelWeights);
        var later = new MiniBatch(train.Features, size, _labelWeights);
        var areShared = shortlists is { AreShared: true };
        var reach = 1 - (1 - options.Negatives.Hardest) * epoch / Math.Max(1, options.Schedule.Epochs - 1);
        void Prepare(MiniBatch batch, int step)
        {
            if (step < _stepsPerEpoch)
                sampler.Fill(batch, epoch * _stepsPerEpoch + step + 1, order.AsSpan((step * size)..Math.Min(order.Length, (step + 1) * size)), shortlists, reach);
        }

        void Complete(MiniBatch batch)
        {
            if (areShared)
                sampler.Complete(batch);
        }

        Prepare(running, _place.Step);
        if (areShared && _place.Step < _stepsPerEpoch)
        {
            using var exchange = new Exchange(workers.Processes, ShortlistRefresher.Exchanged);
            running.Shared.AddTo(exchange);
            exchange.Complete();
            Complete(running);
        }

        Prepare(next, _place.Step + 1);
        for (var step = _place.Step; step < _stepsPerEpoch; step++)
        {
            checkpoint.Boundary(cancellation);
            var following = step + 1;
            var preparation = workers.Threads != 1 ? Task.Run(() => Prepare(later, following + 1), CancellationToken.None) : null;
            running.Beside = areShared && following < _stepsPerEpoch ? next.Shared : null;
            var factor = LearningRateSchedule.Factor(options.Schedule, epoch + step / (double)_stepsPerEpoch);
            var encoder = options.Encoder;
            var wantLoss = step % StepsBetweenReports == StepsBetweenReports - 1 || step == _stepsPerEpoch - 1;
            var stepLoss = engine.Train(
                running, new LearningRates(factor * encoder.EmbeddingRate, factor * encoder.ResidualRate, factor * encoder.ClassifierRate), wantLoss);
            _place = _place with { Step = following };
            if (wantLoss)
            {
                _place = _place with { Loss = _place.Loss + stepLoss * running.Count, LossPoints = _place.LossPoints + running.Count };
                observer.Report(new PhaseProgress($"epoch {epoch + 1} of {options.Schedule.Epochs}", step + 1, _stepsPerEpoch));
            }

            if (preparation is not null)
                preparation.GetAwaiter().GetResult();
            else
                Prepare(later, following + 1);
            if (following < _stepsPerEpoch)
                Complete(next);
            (running, next, later) = (next, later, running);
        }

        return _place.Loss / _place.LossPoints;
    }
}
