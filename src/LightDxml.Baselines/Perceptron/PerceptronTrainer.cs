using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Training;

namespace LightDxml.Baselines.Perceptron;

/// <summary>
/// Trains the dense multi-layer perceptron with Adam. Of the first layer a step moves only the rows of features that
/// occur in its batch, with the moments that they have ("lazy" Adam): a dense step over all features would cost more than
/// all the rest.
/// </summary>
internal static class PerceptronTrainer
{
    /// <param name="seed">The same seed gives the same model for every number of threads.</param>
    /// <exception cref="LightDxmlException">No point has a label, or a setting is out of its range.</exception>
    public static PerceptronModel Train(
        Dataset train, PerceptronOptions options, int seed = 1, int threads = 0, ITrainingObserver? observer = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        LabelledPoints.Check(train);
        var features = options.UnitRows ? UnitRows.Of(train.Features) : train.Features;
        var layers = new PerceptronLayers(train.FeatureCount, train.LabelCount, options, seed);
        var step = new PerceptronStep(layers, options, KernelBackends.Select(), threads);
        var order = Enumerable.Range(0, train.PointCount).ToArray();
        var number = 0;
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            new RandomNumbers(seed, RandomPurpose.PointOrder, epoch).Shuffle(order);
            for (var first = 0; first < order.Length; first += options.BatchSize)
            {
                stop.ThrowIfCancellationRequested();
                step.Take(features, train.Labels, order.AsSpan(first, Math.Min(options.BatchSize, order.Length - first)), ++number);
                observer?.Report(new PhaseProgress($"epoch {epoch + 1} of {options.Epochs}", first, order.Length));
            }
        }

        var (input, hidden, output) = layers.Weights;
        return new PerceptronModel(options, input, hidden, output);
    }
}
