using System.Diagnostics;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;
using LightDxml.Torch.Networks.Transformers;
using LightDxml.Training;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>
/// Trains a network over tokens with Adam on its loss, averaged over documents. A share of the documents is
/// held out; the parameters of the pass with their best nDCG@5 are kept. On the processor one seed and one number of threads give one model.
/// </summary>
internal static class NetworkTrainer
{
    private const int Ranked = 5;

    /// <summary>Of each parameter: itself, its gradient, and Adam's two means. The best pass is one more, and so is a mean over steps. Vectors of words have gradients for a batch alone.</summary>
    private const int CopiesInTraining = 4;

    /// <summary>How often a mean of the parameters counts them in a pass: at each step it would cost as much as the step of a large vocabulary.</summary>
    private const int CountedInPass = 16;

    /// <param name="pretrained">The transformer of a family that has one, whose tokens the documents have.</param>
    /// <param name="labels">[documents, labels].</param>
    /// <param name="threads">Threads that libtorch uses on the processor, in the whole program; 0 takes every processor.</param>
    /// <exception cref="LightDxmlException">No document has a label, the loss is no number any more, or libtorch or the device is not there.</exception>
    public static TrainedNetwork Train(
        NetworkFamily family, PretrainedTransformer? pretrained, TokenSequences documents, SparseMatrix labels, int seed, int threads, ITrainingObserver? observer, CancellationToken stop) =>
        Train(family, pretrained, new NetworkSet(documents, labels), null, seed, threads, observer, Checkpoint.None, stop);

    /// <param name="above">The network of the level above, and of every output the cluster there that it starts at, −1 for none; null where there is none.</param>
    /// <param name="checkpoint">Where the training keeps how far it is after a pass, and what it goes on from: a scope of its own.</param>
    /// <inheritdoc cref="Train(NetworkFamily, PretrainedTransformer?, TokenSequences, SparseMatrix, int, int, ITrainingObserver?, CancellationToken)"/>
    public static TrainedNetwork Train(
        NetworkFamily family, PretrainedTransformer? pretrained, NetworkSet set, (TrainedNetwork Network, int[] Clusters)? above, int seed, int threads, ITrainingObserver? observer,
        Checkpoint checkpoint, CancellationToken stop)
    {
        var options = family.Options.Validate();
        var (documents, truth) = (set.Documents, set.Truth);
        if (documents.DocumentCount != truth.RowCount)
            throw new LightDxmlException($"There are {documents.DocumentCount} documents of words, but {truth.RowCount} of labels.");
        if (truth.NonZeroCount == 0)
            throw new LightDxmlException("No document of the training set has a label.");
        return TorchFaults.Explained(() =>
        {
            var device = TorchDevices.Choose(options.Device, "device");
            threads = RowRanges.ResolveThreads(threads);
            set_num_threads(threads);
            checkpoint.Choose("device", device.type == DeviceType.CPU ? $"{device} (threads: {threads})" : $"{device}");
            random.manual_seed(seed);
            var most = pretrained is null ? options.MaxTokens : Math.Min(options.MaxTokens, pretrained.MaxTokens) - pretrained.MarkCount;
            if (most < 1)
                throw new OptionsException($"maxTokens={options.MaxTokens} leaves no room for a text's tokens beside the marks at its ends.");
            var longest = Math.Clamp(Enumerable.Range(0, documents.DocumentCount).Max(document => documents[document].Length), 1, most);
            var network = Create(family.Name, pretrained, documents.TokenCount, truth.ColumnCount, longest, options);
            var trained = new TrainedNetwork(family, network, documents.TokenCount, truth.ColumnCount, longest, device);
            try
            {
                network.to(device);
                checkpoint.Result(
                    "network",
                    scope =>
                    {
                        Fit(trained, above, options, set, longest, seed, threads, device, observer, scope, stop);
                        return network;
                    },
                    static (file, result) => NetworkTensors.Add(file, "", result.state_dict()),
                    file =>
                    {
                        NetworkTensors.Read(file, "", network.state_dict());
                        return network;
                    });
                checkpoint.Boundary(stop);
                return trained;
            }
            catch
            {
                trained.Dispose();
                throw;
            }
        }, TorchFaults.NetworkAdvice);
    }

    /// <summary>A network whose parameters libtorch draws, but for those of a pretrained transformer.</summary>
    internal static TextNetwork Create(string family, PretrainedTransformer? pretrained, int tokens, int labels, int longest, NetworkOptions options) => family switch
    {
        "cnn-kim" => new CnnKim(tokens, labels, options),
        "bow-cnn" => new BowCnn(tokens, labels, longest, options),
        "xml-cnn" => new XmlCnn(tokens, labels, longest, options),
        "attention-xml" or "haxmlnet" => new AttentionXml(tokens, labels, options),
        "bert" => new Bert(pretrained!, labels, options),
        "xr-transformer" or "x-bert" => new ClusterMatcher(pretrained!, labels, options),
        "encoder" => new LabelProxies(pretrained!, labels, options),
        "bertmesh" => new BertMesh(pretrained!, labels, options),
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "There is no such family."),
    };

    private static void Fit(
        TrainedNetwork trained, (TrainedNetwork Network, int[] Clusters)? above, NetworkOptions options, NetworkSet set, int longest, int seed, int threads, Device device,
        ITrainingObserver? observer, Checkpoint checkpoint, CancellationToken stop)
    {
        var network = trained.Network;
        var (train, heldOut) = Divided(set, options.HoldOut, seed, observer);
        var count = network.parameters().Sum(parameter => parameter.NumberOfElements);
        var ofWords = network.modules().OfType<WordVectors>().Sum(words => words.All.NumberOfElements);
        var copies = CopiesInTraining + (heldOut.Documents.DocumentCount > 0 ? 1 : 0) + (options.Average > 0 ? 1 : 0);
        observer?.Report(new TrainingNote(
            $"{count:N0} parameters, which take {(count * copies - ofWords) * sizeof(float) / 1e6:N0} MB in training, besides what is computed of a batch; at most {longest} tokens per document, on {device}"));
        var steps = Parts(Parts(train.Documents.DocumentCount, options.BatchSize), options.Accumulate);
        using var optimizer = new NetworkOptimizer(network, options, steps * options.Epochs);
        using var average = options.Average > 0 ? new ParameterAverage(network, options.Average * Math.Min(steps, CountedInPass)) : null;
        using var best = new BestPass(network, checkpoint);
        var (done, isThere) = checkpoint.Read("passes", file =>
        {
            NetworkTensors.Read(file, "network.", network.state_dict());
            optimizer.Restore(file);
            average?.Restore(file);
            best.Restore(file);
            using var drawn = tensor(file.Utf8("random"));
            random.set_rng_state(drawn);
            return file.Whole("done")[0];
        });
        if (!isThere)
        {
            network.StartAt(train.Documents, train.Truth, longest, stop);
            if (above is var (coarser, clusters))
                network.StartFrom(coarser.Network, clusters);
        }

        checkpoint.State("passes", file =>
        {
            NetworkTensors.Add(file, "network.", network.state_dict());
            optimizer.Save(file);
            average?.Save(file);
            best.Save(file);
            using var drawn = random.get_rng_state();
            file.Add("random", drawn.data<byte>().ToArray());
            file.Add("done", done);
        });
        var watch = Stopwatch.StartNew();
        for (var epoch = done + 1; epoch <= options.Epochs && epoch - best.Epoch <= options.Patience; epoch++)
        {
            checkpoint.Boundary(stop);
            // A card's own random numbers are not saved: each pass has some of its own.
            if (device.type == DeviceType.CUDA)
                cuda.manual_seed(seed + epoch);
            var start = watch.Elapsed;
            var loss = Pass(network, optimizer, average, options, train, longest, seed, epoch, device, observer, stop);
            if (!double.IsFinite(loss))
                throw new LightDxmlException($"The loss is not a number any more in epoch {epoch}; {LowerRates(network, options)} may help.");
            optimizer.CatchUp();
            average?.Exchange();
            EvaluationReport? report = null;
            if (heldOut.Documents.DocumentCount > 0)
                report = Evaluator.Evaluate(trained.Predict(heldOut.Documents, heldOut.Candidates, Ranked, threads, stop), heldOut.Truth, new EvaluationOptions { Ks = [1, Ranked] });
            best.Consider(epoch, report?.Ndcg[1]);
            average?.Exchange();
            done = epoch;
            var took = watch.Elapsed - start;
            observer?.Report(new EpochCompleted(epoch, options.Epochs, loss, options.Rate * optimizer.LastShare, took, train.Documents.DocumentCount / took.TotalSeconds, took * (options.Epochs - epoch), report?.Precision[0]));
        }

        if (!best.Finish())
            average?.Exchange();
    }

    /// <summary>What is trained on and what is held out: nothing where it could not tell a better pass from a worse one.</summary>
    private static (NetworkSet Train, NetworkSet HeldOut) Divided(NetworkSet set, double share, int seed, ITrainingObserver? observer)
    {
        var (trainRows, heldOutRows) = HoldOut.Split(set.Documents.DocumentCount, share, seed);
        var (train, heldOut) = (set.Select(trainRows), set.Select(heldOutRows));
        if (heldOutRows.Length == 0 || LabelFrequencies.Count(train.Truth).Zip(LabelFrequencies.Count(heldOut.Truth)).Any(count => count.First > 0 && count.Second > 0))
            return (train, heldOut);
        observer?.Report(new TrainingNote("no held-out document has a label that the others have, so none is held out: the last pass is kept, as with holdOut=0"));
        return (set, set.Select([]));
    }

    private static string LowerRates(TextNetwork network, NetworkOptions options) =>
        network is TransformerNetwork ? $"a lower newRate than {options.NewRate} or a lower rate than {options.Rate}" : $"a lower rate than {options.Rate}";

    /// <returns>The mean loss per document.</returns>
    private static double Pass(
        TextNetwork network, NetworkOptimizer optimizer, ParameterAverage? average, NetworkOptions options, NetworkSet set, int longest, int seed, int epoch, Device device,
        ITrainingObserver? observer, CancellationToken stop)
    {
        network.train();
        var numbers = new RandomNumbers(seed, RandomPurpose.PointOrder, epoch);
        var (sum, done) = (0.0, 0L);
        int[][][] steps = [.. TokenBatches.Draw(set.Documents, options.BatchSize, ref numbers).Chunk(options.Accumulate)];
        var taken = 0;
        foreach (var step in steps)
        {
            optimizer.Begin();
            var together = step.Sum(batch => batch.Length);
            foreach (var batch in step)
            {
                stop.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var logits = network.Logits(TokenBatches.Tokens(set.Documents, batch, network.LeastLength, longest, device), set.Candidates, batch);
                var loss = network.Loss(logits, TokenBatches.Targets(set.Truth, set.Candidates, batch, device));
                loss.Times(batch.Length / (double)together).backward();
                sum += loss.item<float>() * batch.Length;
                done += batch.Length;
                observer?.Report(new PhaseProgress($"epoch {epoch} of {options.Epochs}", done, set.Documents.DocumentCount));
            }

            using var ofStep = NewDisposeScope();
            optimizer.Step();
            if (average is not null && CountsAt(++taken, steps.Length))
            {
                optimizer.CatchUp();
                average.Add();
            }
        }

        return sum / Math.Max(1, done);
    }

    /// <summary>Whether a pass of so many steps is counted after one of them, from 1 on: as evenly as can be, and after the last.</summary>
    private static bool CountsAt(int step, int steps) => (long)step * CountedInPass / steps > (step - 1L) * CountedInPass / steps;

    private static int Parts(int whole, int most) => (whole + most - 1) / most;
}
