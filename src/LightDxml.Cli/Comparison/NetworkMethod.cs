using LightDxml.Data;
using LightDxml.Encoders.Transformers;
using LightDxml.Text.Tokens;
using LightDxml.Torch;
using LightDxml.Torch.Networks;
using LightDxml.Training;

namespace LightDxml.Cli.Comparison;

/// <summary>A network over the words of documents, on libtorch.</summary>
internal sealed class NetworkMethod(string name, NetworkFamily family) : IComparedMethod
{
    public string Name => name;

    public bool ReadsWords => true;

    public string? Encoder => family.Options.Encoder.Length > 0 ? family.Options.Encoder : null;

    /// <exception cref="LightDxmlException">There are no words, no libtorch, or no such encoder.</exception>
    public TrainedMethod Train(ComparedSets sets, int seed, int threads, ITrainingObserver observer, CancellationToken stop)
    {
        if (LibTorch.WhyMissing is { } reason)
            throw new LightDxmlException($"{family.Name}: {reason}");
        var (train, test) = sets.Words ?? throw new LightDxmlException($"{family.Name} reads words in their order, but the data set holds features; give raw text.");
        var pretrained = Encoder is { } encoder ? PretrainedTransformers.Open(encoder) : null;
        return new Trained(NetworkTrainer.Train(family, pretrained, train, sets.Train.Labels, seed, threads, observer, stop), test);
    }

    private sealed class Trained(TrainedNetwork network, TokenSequences test) : TrainedMethod
    {
        public override void Save(string folder, int threads) => network.Save(folder);

        public override RankedLabels Predict(int top, int threads) => network.Predict(test, top, threads);

        public override void Dispose() => network.Dispose();
    }
}
