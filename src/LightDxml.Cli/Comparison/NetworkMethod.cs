using LightDxml.Baselines;
using LightDxml.Baselines.LabelTrees;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Encoders.Transformers;
using LightDxml.Text.Tokens;
using LightDxml.Torch;
using LightDxml.Torch.Networks;
using LightDxml.Torch.Networks.Levels;
using LightDxml.Training;

namespace LightDxml.Cli.Comparison;

/// <summary>A network over the words of documents, on libtorch.</summary>
internal sealed class NetworkMethod(string name, NetworkFamily family) : IComparedMethod
{
    public string Name => name;

    public bool ReadsWords => true;

    public string? Encoder => family.Options.Encoder.Length > 0 ? family.Options.Encoder : null;

    public Type ComputedBy => typeof(NetworkTrainer);

    /// <exception cref="LightDxmlException">There are no words, no libtorch, or no such encoder.</exception>
    public TrainedMethod Train(ComparedSets sets, int seed, int threads, ITrainingObserver observer, Checkpoint checkpoint, CancellationToken stop)
    {
        if (family.Options.Validate().ClusterLabels == 0 && family.Rankers != LinearRankers.None)
            throw new OptionsException($"{family.Name} clusters labels; clusterLabels must be at least 1, but is 0.");
        if (LibTorch.WhyMissing is { } reason)
            throw new LightDxmlException($"{family.Name}: {reason}");
        var (train, test) = sets.Words ?? throw new LightDxmlException($"{family.Name} reads words in their order, but the data set holds features; give raw text.");
        var pretrained = Encoder is { } encoder ? PretrainedTransformers.Open(encoder) : null;
        if (family.Options.ClusterLabels == 0)
            return new Trained(NetworkTrainer.Train(family, pretrained, new NetworkSet(train, sets.Train.Labels), null, seed, threads, observer, checkpoint, stop), test);
        var tree = LabelTreeTrainer.Cluster(sets.Train, LabelClusters.Options(family.Options), seed, threads);
        var networks = LevelTrainer.Train(family, pretrained, train, sets.Train.Labels, LabelClusters.Levels(tree, sets.Train.LabelCount), seed, threads, observer, checkpoint, stop);
        return family.Rankers == LinearRankers.None ? new TrainedLevels(networks, test) : Ranked(networks, tree, sets, seed, threads, observer, stop);
    }

    private TrainedWithRankers Ranked(LevelNetworks networks, LabelTree tree, ComparedSets sets, int seed, int threads, ITrainingObserver observer, CancellationToken stop)
    {
        var words = sets.Words!.Value;
        var (features, clusters) = Read(family, networks.Last, sets.Train.Features, words.Train, threads, stop);
        var train = sets.Train with { Features = features };
        var rankers = clusters is null
            ? LabelTreeTrainer.Train(train, LabelClusters.Rankers, seed, threads, observer, stop)
            : ClusterRankers.Train(train, tree, clusters, LabelClusters.Rankers, seed, threads, observer, stop);
        return new TrainedWithRankers(networks, rankers, new BaselineStatistics(train.PointCount, train.FeatureCount, train.LabelCount, seed), sets.TestFeatures, words.Test, family);
    }

    /// <summary>Documents' features beside their vectors, and their best clusters where rankers are asked within these.</summary>
    private static (SparseMatrix Features, RankedLabels? Clusters) Read(
        NetworkFamily family, TrainedNetwork network, SparseMatrix features, TokenSequences words, int threads, CancellationToken stop)
    {
        if (family.Rankers == LinearRankers.Tree)
            return (FeaturesBesideVectors.Of(features, network.Encode(words, threads, stop)), null);
        var (vectors, clusters) = network.EncodeAndPredict(words, family.Options.Beam, threads, stop);
        return (FeaturesBesideVectors.Of(features, vectors), clusters);
    }

    private sealed class Trained(TrainedNetwork network, TokenSequences test) : TrainedMethod
    {
        public override void Save(string folder, int threads) => network.Save(folder);

        public override RankedLabels Predict(int top, int threads, CancellationToken stop) => network.Predict(test, top, threads, stop);

        public override void Dispose() => network.Dispose();
    }

    private sealed class TrainedLevels(LevelNetworks networks, TokenSequences test) : TrainedMethod
    {
        public override void Save(string folder, int threads) => networks.Save(folder);

        public override RankedLabels Predict(int top, int threads, CancellationToken stop) => networks.Predict(test, top, threads, stop);

        public override void Dispose() => networks.Dispose();
    }

    /// <summary>The network's vectors beside features, and linear classifiers over both.</summary>
    private sealed class TrainedWithRankers(
        LevelNetworks networks, LabelTreeModel rankers, BaselineStatistics statistics, SparseMatrix testFeatures, TokenSequences test, NetworkFamily family) : TrainedMethod
    {
        public override void Save(string folder, int threads)
        {
            networks.Save(folder);
            BaselineFolder.Save(rankers, statistics, Path.Combine(folder, "rankers"));
        }

        public override RankedLabels Predict(int top, int threads, CancellationToken stop)
        {
            var (features, clusters) = Read(family, networks.Last, testFeatures, test, threads, stop);
            return clusters is null ? rankers.Predict(features, top, threads, stop) : new ClusterRankers(rankers).Rank(features, clusters, top, threads, stop);
        }

        public override void Dispose()
        {
            networks.Dispose();
            rankers.Dispose();
        }
    }
}
