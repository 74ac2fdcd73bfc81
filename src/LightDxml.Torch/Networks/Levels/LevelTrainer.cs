using LightDxml.Data;
using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;
using LightDxml.Training;

namespace LightDxml.Torch.Networks.Levels;

/// <summary>
/// Trains a network a level of clusters of labels, coarse to fine (You et al., "AttentionXML", NeurIPS 2019; Zhang et al., "Fast Multi-Resolution
/// Transformer Fine-tuning for Extreme Multi-label Text Classification", NeurIPS 2021). A level's network starts where the one above ended, an
/// output at the weights of its cluster, and learns a document's candidates alone: what lies in the clusters that the document has, or that
/// the networks above reach.
/// </summary>
internal static class LevelTrainer
{
    /// <param name="documents">[documents], by the encoder's tokenizer where the family has one.</param>
    /// <param name="labels">[documents, labels].</param>
    /// <param name="checkpoint">Where the training keeps how far it is after a pass, and what it goes on from.</param>
    /// <inheritdoc cref="NetworkTrainer.Train(NetworkFamily, PretrainedTransformer?, TokenSequences, SparseMatrix, int, int, ITrainingObserver?, CancellationToken)"/>
    public static LevelNetworks Train(
        NetworkFamily family, PretrainedTransformer? pretrained, TokenSequences documents, SparseMatrix labels, LabelLevels levels, int seed, int threads, ITrainingObserver? observer,
        Checkpoint checkpoint, CancellationToken stop)
    {
        var beam = family.Options.Validate().Beam;
        var count = family.Rankers == LinearRankers.WithinClusters ? levels.Count - 1 : levels.Count;
        var trained = new List<TrainedNetwork>();
        try
        {
            SparseMatrix? candidates = null;
            for (var level = 0; level < count; level++)
            {
                observer?.Report(new TrainingNote($"level {level + 1} of {count}: {levels.Size(level):N0} {(level + 1 < levels.Count ? "clusters" : "labels")}"));
                var set = new NetworkSet(documents, levels.Truth(level, labels), candidates);
                trained.Add(NetworkTrainer.Train(
                    family, pretrained, set, level == 0 ? null : (trained[^1], levels.ClustersAbove(level).ToArray()), seed, threads, observer, checkpoint.Within($"level{level + 1}"), stop));
                if (level + 1 < count)
                    candidates = levels.Candidates(level + 1, trained[^1].Predict(documents, candidates, beam, threads, stop), set.Truth);
            }

            // Rankers want the vectors of the last level's transformer alone. Before it is there, an interrupted training needs all.
            for (var level = 1; level < count && family.Rankers != LinearRankers.None; level++)
            {
                checkpoint.Within($"level{level}").Drop("network");
                trained[0].Dispose();
                trained.RemoveAt(0);
            }

            return new LevelNetworks(levels, trained, beam);
        }
        catch
        {
            trained.ForEach(network => network.Dispose());
            throw;
        }
    }
}
