using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Training;

namespace LightDxml.TestKit;

/// <summary>Untrained models for tests of what does not care about training.</summary>
internal static class SampleModels
{
    /// <summary>A model whose parameters are all random bits of finite floats, from a seed.</summary>
    public static Model Random(int features, int labels, int dimensions, int seed)
    {
        var random = new Random(seed);
        return Create(features, labels, dimensions, () => random.NextSingle() * 2 - 1);
    }

    /// <summary>A model whose every parameter, and whose seed, is <paramref name="version"/>.</summary>
    public static Model Constant(int features, int labels, int dimensions, int version)
    {
        var model = Create(features, labels, dimensions, () => version);
        return model with { Training = model.Training! with { Options = model.Training.Options with { Seed = version } } };
    }

    /// <summary>Every matrix of a model.</summary>
    public static IEnumerable<DenseMatrix> Matrices(Model model) =>
        [model.Network.Embeddings.ToMatrix(), model.Network.ResidualWeights, model.Network.ResidualBias, model.Network.Classifier, model.LabelEmbeddings];

    private static Model Create(int features, int labels, int dimensions, Func<float> next)
    {
        var network = new DenseNetwork(
            new DenseEmbeddings(Matrix(features, dimensions, next)),
            Matrix(dimensions, dimensions, next),
            Matrix(1, dimensions, next),
            Matrix(labels, dimensions + 1, next));
        return With(network, Matrix(labels, dimensions, next), new TrainingOptions
        {
            Encoder = new EncoderOptions { Dimensions = dimensions },
            Storage = new StorageOptions { Precision = Precision.Float32 },
        });
    }

    /// <summary>A model of these parameters as if it had been trained with these settings on ten documents.</summary>
    public static Model With(DenseNetwork network, DenseMatrix labelEmbeddings, TrainingOptions options)
    {
        const int documents = 10;
        return new Model(network, labelEmbeddings, TrainingPlan.Inference(options, documents, network.LabelCount))
        {
            Training = new TrainingRecord(options, new TrainingStatistics(documents, network.FeatureCount, network.LabelCount, 100, 20, 3, 0.5, 1.25, 2.5)),
        };
    }

    private static DenseMatrix Matrix(int rows, int columns, Func<float> next)
    {
        var matrix = new DenseMatrix(rows, columns);
        for (var row = 0; row < rows; row++)
        {
            foreach (ref var value in matrix.Row(row))
                value = next();
        }

        return matrix;
    }
}
