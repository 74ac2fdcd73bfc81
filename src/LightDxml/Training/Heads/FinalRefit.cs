using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// The last phase: what was fitted and chosen without the points held out learns from them, too. Label embeddings and centroids are
/// derived from all points, so that a label whose only points were held out can be found; score weights and head stay as chosen.
/// </summary>
internal static class FinalRefit
{
    /// <param name="network">The network of all points with its label embeddings where it was trained anew, else null.</param>
    public static Model Of(
        HeadSelection.Result chosen, TrainingSplit split, TrainingCycle.Result? network, TrainingOptions options, KernelSet kernels, Workers workers,
        Checkpoint checkpoint, CancellationToken cancellation)
    {
        var model = chosen.Chosen with
        {
            LabelFrequencies = split.AllFrequencies,
            Sparse = chosen.Full?.ForFirst(),
            Inference = chosen.Chosen.Inference with { TrainingDocuments = split.All.PointCount },
        };
        if (split.IsHeldOut is null)
            return model;
        if (network is not null)
            model = model with { Network = network.Network, LabelEmbeddings = network.LabelEmbeddings };
        else
            model = model with { LabelEmbeddings = Embeddings(model, split.All, options, kernels, workers, checkpoint, cancellation) };
        return model with
        {
            Centroids = model.Centroids is null ? null : SparseCentroids.Of(split.All, options.Shortlist.CentroidTerms, workers),
            PartCentroids = model.PartCentroids is null ? null : PartCentroids.Of(split.All, options.Shortlist.PartSettings, options.Seed, workers),
        };
    }

    private static DenseMatrix Embeddings(
        Model model, Dataset points, TrainingOptions options, KernelSet kernels, Workers workers, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var encodings = new DenseMatrix(points.PointCount, model.Network.Dimensions);
        new DocumentEncoder(model.Network, kernels).Encode(points.Features, encodings, workers);
        return new LabelEmbeddingTrainer(points.Labels.Transpose(), options.Proxy, options.Seed, kernels, workers).Train(encodings, checkpoint, cancellation).Embeddings;
    }
}
