using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>A copy of a network's parameters, of which each process of a group keeps a range of the token embeddings and one of the classifier's rows.</summary>
/// <param name="Own">The network with the rows of this process alone.</param>
/// <param name="Features">[processes + 1] the first feature of each.</param>
/// <param name="Labels">[processes + 1] the first label of each.</param>
internal sealed record KeptNetwork(DenseNetwork Own, int[] Features, int[] Labels, ProcessGroup Processes)
{
    /// <summary>Keeps the engine's parameters as they stand.</summary>
    public static KeptNetwork Of(ITrainingEngine engine, Workers workers)
    {
        if (workers.Processes.Size == 1)
        {
            var copy = engine.Export();
            return new KeptNetwork(copy, [0, copy.FeatureCount], [0, copy.LabelCount], workers.Processes);
        }

        var network = engine.Current;
        var kept = Empty(network, workers);
        var (own, rank) = (kept.Own, workers.Processes.Rank);
        Rows(network.Embeddings.ToMatrix(), kept.Features, rank).CopyTo(own.Embeddings.ToMatrix().Span);
        Rows(network.Classifier, kept.Labels, rank).CopyTo(own.Classifier.Span);
        network.ResidualWeights.Span.CopyTo(own.ResidualWeights.Span);
        network.ResidualBias.Span.CopyTo(own.ResidualBias.Span);
        return kept;
    }

    /// <summary>The network that was kept. In a group it takes the place of the engine's, which is trained no more.</summary>
    public DenseNetwork Whole(ITrainingEngine engine)
    {
        if (Processes.Size == 1)
            return Own;
        var network = engine.Current;
        Own.ResidualWeights.Span.CopyTo(network.ResidualWeights.Span);
        Own.ResidualBias.Span.CopyTo(network.ResidualBias.Span);
        using var exchange = new Exchange(Processes, "best epoch");
        foreach (var (own, whole, parts) in new[] { (Own.Embeddings.ToMatrix(), network.Embeddings.ToMatrix(), Features), (Own.Classifier, network.Classifier, Labels) })
        {
            own.Span.CopyTo(Rows(whole, parts, Processes.Rank));
            exchange.Add(whole, parts);
        }

        exchange.Complete();
        return network;
    }

    public void Write(SafetensorsWriter file)
    {
        file.Add("network", Own);
        file.Add("first", Features[Processes.Rank], Labels[Processes.Rank]);
    }

    /// <summary>This process's rows of what others wrote, who may have been another number.</summary>
    /// <param name="network">Of the same sizes.</param>
    public static KeptNetwork Read(IReadOnlyList<SafetensorsFile> files, DenseNetwork network, Workers workers)
    {
        var kept = Empty(network, workers);
        var rank = workers.Processes.Rank;
        foreach (var file in files)
        {
            var first = file.Whole("first");
            file.ReadRows("network.embeddings", first[0], kept.Own.Embeddings.ToMatrix(), kept.Features[rank]);
            file.ReadRows("network.classifier", first[1], kept.Own.Classifier, kept.Labels[rank]);
        }

        files[0].Read("network.residual", kept.Own.ResidualWeights);
        files[0].Read("network.bias", kept.Own.ResidualBias);
        return kept;
    }

    private static KeptNetwork Empty(DenseNetwork network, Workers workers)
    {
        var (features, labels, rank) = (workers.Parts(network.FeatureCount), workers.Parts(network.LabelCount), workers.Processes.Rank);
        var own = new DenseNetwork(
            new DenseEmbeddings(new DenseMatrix(features[rank + 1] - features[rank], network.Dimensions)), new DenseMatrix(network.Dimensions, network.Dimensions),
            new DenseMatrix(1, network.Dimensions), new DenseMatrix(labels[rank + 1] - labels[rank], network.Dimensions + 1));
        return new KeptNetwork(own, features, labels, workers.Processes);
    }

    private static Span<float> Rows(DenseMatrix matrix, int[] parts, int rank) => matrix.Rows(parts[rank], parts[rank + 1] - parts[rank]);
}
