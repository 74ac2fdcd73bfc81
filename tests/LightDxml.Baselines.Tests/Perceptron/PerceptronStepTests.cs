using LightDxml.Baselines.Perceptron;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests.Perceptron;

public sealed class PerceptronStepTests
{
    private static readonly PerceptronOptions Options = new() { FirstUnits = 5, SecondUnits = 4, BatchSize = 6, Rate = 0.25 };
    private static readonly Dataset Data = SmallData.Learnable(6, 7, seed: 11);

    [Fact]
    public void Take_FirstStep_MovesEveryParameterByTheRateAgainstItsGradient()
    {
        // Adam's first step is −rate · g / (|g| + ε): its sign shows the gradient's, which finite differences give.
        var layers = new PerceptronLayers(Data.FeatureCount, Data.LabelCount, Options, seed: 3);
        var (input, hidden, output) = (layers.Weights.Input.Clone(), layers.Weights.Hidden.Clone(), layers.Weights.Output.Clone());
        new PerceptronStep(layers, Options, KernelBackends.Select(), threads: 1).Take(Data.Features, Data.Labels, [0, 1, 2, 3, 4, 5], number: 1);
        var seen = 0;
        foreach (var (before, after) in new[] { (input, layers.Weights.Input), (hidden, layers.Weights.Hidden), (output, layers.Weights.Output) })
        {
            for (var row = 0; row < before.RowCount; row++)
            {
                for (var column = 0; column < before.Dimensions; column++)
                {
                    var gradient = Gradient(before, row, column, () => Loss(input, hidden, output));
                    var change = after.Row(row)[column] - before.Row(row)[column];
                    // Below this the finite difference itself is noise: the step divides by a gradient near 0.
                    if (Math.Abs(gradient) > 1e-3)
                    {
                        Assert.Equal(-Math.Sign(gradient) * Options.Rate, change, 1e-3);
                        seen++;
                    }
                    else if (gradient == 0)
                    {
                        Assert.Equal(0, change);
                    }
                }
            }
        }

        Assert.True(seen > 80, $"{seen} parameters with a gradient");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    public void Take_AnyThreadCount_GivesTheSameBits(double dropout)
    {
        var data = SmallData.Learnable(130, 300, seed: 5);
        var options = Options with { FirstUnits = 70, SecondUnits = 130, BatchSize = 65, Dropout = dropout };
        var one = Steps(1);
        var two = Steps(3);
        Assert.Equal(one.Weights.Input.Span.ToArray(), two.Weights.Input.Span.ToArray());
        Assert.Equal(one.Weights.Hidden.Span.ToArray(), two.Weights.Hidden.Span.ToArray());
        Assert.Equal(one.Weights.Output.Span.ToArray(), two.Weights.Output.Span.ToArray());

        PerceptronLayers Steps(int threads)
        {
            var layers = new PerceptronLayers(data.FeatureCount, data.LabelCount, options, seed: 3);
            var step = new PerceptronStep(layers, options, KernelBackends.Select(), threads);
            int[] points = [.. Enumerable.Range(0, 130)];
            step.Take(data.Features, data.Labels, points.AsSpan(0, 65), 1);
            step.Take(data.Features, data.Labels, points.AsSpan(65, 60), 2);
            return layers;
        }
    }

    [Fact]
    public void Rank_ScoresAreTheNetworksProbabilities()
    {
        var layers = new PerceptronLayers(Data.FeatureCount, Data.LabelCount, Options, seed: 3);
        var (input, hidden, output) = layers.Weights;
        input.Row(Data.FeatureCount)[1] = 0.5f;
        var ranking = new PerceptronModel(Options, input, hidden, output).Predict(Data.Features, 7, threads: 1);
        var logits = Logits(input, hidden, output, 2);
        for (var i = 0; i < 7; i++)
            Assert.Equal(1 / (1 + Math.Exp(-logits[ranking.Labels(2)[i]])), ranking.Scores(2)[i], 1e-5);
    }

    private static double Gradient(DenseMatrix matrix, int row, int column, Func<double> loss)
    {
        const float step = 1e-3f;
        var value = matrix.Row(row)[column];
        matrix.Row(row)[column] = value + step;
        var above = loss();
        matrix.Row(row)[column] = value - step;
        var below = loss();
        matrix.Row(row)[column] = value;
        return (above - below) / (2 * step);
    }

    /// <summary>Binary cross-entropy, summed over labels, averaged over points, in double precision.</summary>
    private static double Loss(DenseMatrix input, DenseMatrix hidden, DenseMatrix output)
    {
        var loss = 0.0;
        for (var point = 0; point < Data.PointCount; point++)
        {
            var logits = Logits(input, hidden, output, point);
            for (var label = 0; label < logits.Length; label++)
                loss += Math.Log(1 + Math.Exp(logits[label])) - (Data.Labels.RowColumns(point).Contains(label) ? logits[label] : 0);
        }

        return loss / Data.PointCount;
    }

    private static double[] Logits(DenseMatrix input, DenseMatrix hidden, DenseMatrix output, int point)
    {
        var first = new double[input.Dimensions];
        for (var unit = 0; unit < first.Length; unit++)
        {
            first[unit] = input.Row(Data.FeatureCount)[unit];
            for (var i = 0; i < Data.Features.RowLength(point); i++)
                first[unit] += (double)Data.Features.RowValues(point)[i] * input.Row(Data.Features.RowColumns(point)[i])[unit];
        }

        return Layer(Layer(first.Select(Positive), hidden).Select(Positive), output);

        static double Positive(double value) => Math.Max(0, value);
    }

    private static double[] Layer(IEnumerable<double> inputs, DenseMatrix weights)
    {
        double[] own = [.. inputs, 1];
        return [.. Enumerable.Range(0, weights.RowCount).Select(row => own.Select((value, column) => value * weights.Row(row)[column]).Sum())];
    }
}
