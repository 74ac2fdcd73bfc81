using LightDxml.Data;
using LightDxml.Text.Tokens;

namespace LightDxml.Torch.Networks.Levels;

/// <summary>Networks of levels of clusters of labels, each asked for what lies in the clusters that the one above reaches.</summary>
/// <param name="beam">Clusters of a level that are followed.</param>
internal sealed class LevelNetworks(LabelLevels levels, IReadOnlyList<TrainedNetwork> networks, int beam) : IDisposable
{
    /// <summary>That of the finest level.</summary>
    public TrainedNetwork Last => networks[^1];

    /// <summary>The best outputs of the last level, with the products of the probabilities on their way.</summary>
    /// <param name="threads">Threads that libtorch uses on the processor, in the whole program; 0 takes every processor.</param>
    public RankedLabels Predict(TokenSequences documents, int top, int threads = 0, CancellationToken stop = default)
    {
        SparseMatrix? candidates = null;
        for (var level = 0; level + 1 < networks.Count; level++)
            candidates = levels.Candidates(level + 1, networks[level].Predict(documents, candidates, beam, threads, stop));
        return Last.Predict(documents, candidates, top, threads, stop);
    }

    /// <summary>Writes each network to a folder of its own.</summary>
    public void Save(string folder)
    {
        for (var level = 0; level < networks.Count; level++)
            networks[level].Save(Path.Combine(folder, $"level{level + 1}"));
    }

    public void Dispose()
    {
        foreach (var network in networks)
            network.Dispose();
    }
}
