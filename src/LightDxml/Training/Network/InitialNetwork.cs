using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>The parameters before the first step, a pure function of settings and seed: every engine starts from the same.</summary>
internal static class InitialNetwork
{
    private const int BlockRows = 256;

    public static DenseNetwork Create(int featureCount, int labelCount, TrainingOptions options, int threads)
    {
        var dimensions = options.Encoder.Dimensions;
        var network = new DenseNetwork(
            new DenseEmbeddings(new DenseMatrix(featureCount, dimensions)), new DenseMatrix(dimensions, dimensions),
            new DenseMatrix(1, dimensions), new DenseMatrix(labelCount, dimensions + 1));
        Fill(network, options, threads);
        return network;
    }

    /// <summary>
    /// Token embeddings are normal with variance scale²/dimensions, so that a unit document's hidden layer has norm near
    /// scale/√2; W is the identity, the classifier zero but for its bias.
    /// </summary>
    /// <param name="network">All zero.</param>
    public static void Fill(DenseNetwork network, TrainingOptions options, int threads)
    {
        var dimensions = network.Dimensions;
        var embeddings = network.Embeddings.ToMatrix();
        var deviation = options.Encoder.EmbeddingScale / Math.Sqrt(dimensions);
        RowRanges.ForEach(network.FeatureCount, BlockRows, threads, (first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                var random = new RandomNumbers(options.Seed, RandomPurpose.Embeddings, row);
                foreach (ref var weight in embeddings.Row(row))
                    weight = (float)(deviation * random.NextNormal());
            }
        });
        for (var d = 0; d < dimensions; d++)
            network.ResidualWeights.Row(d)[d] = 1;
        for (var label = 0; label < network.LabelCount; label++)
            network.Classifier.Row(label)[dimensions] = (float)options.Encoder.BiasStart;
    }
}
