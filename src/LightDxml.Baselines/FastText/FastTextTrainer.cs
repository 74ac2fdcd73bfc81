using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Training;

namespace LightDxml.Baselines.FastText;

/// <summary>
/// Trains the model by stochastic gradient steps, one point after another in one thread: the original lets threads
/// overwrite each other, which gives another model at every run.
/// </summary>
internal static class FastTextTrainer
{
    private const int ReportEvery = 256;

    /// <exception cref="LightDxmlException">There are no labels, or a setting is out of its range.</exception>
    public static FastTextModel Train(
        Dataset train, FastTextOptions options, int seed = 1, ITrainingObserver? observer = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var frequencies = LabelFrequencies.Count(train.Labels);
        LabelledPoints.Check(train);
        var embeddings = new DenseMatrix(train.FeatureCount, options.Dimensions);
        Start(embeddings, seed);
        var tree = options.Loss == FastTextLoss.HierarchicalSoftmax ? new HuffmanTree(frequencies) : null;
        var outputs = new DenseMatrix(tree?.InnerCount ?? train.LabelCount, options.Dimensions);
        var step = new FastTextStep(embeddings, outputs, tree);
        var order = Enumerable.Range(0, train.PointCount).ToArray();
        var steps = (long)options.Epochs * order.Length;
        var done = 0L;
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            var random = new RandomNumbers(seed, RandomPurpose.PointOrder, epoch);
            random.Shuffle(order);
            foreach (var point in order)
            {
                if (done % ReportEvery == 0)
                {
                    stop.ThrowIfCancellationRequested();
                    observer?.Report(new PhaseProgress($"epoch {epoch + 1} of {options.Epochs}", done, steps));
                }

                var rate = (float)(options.Rate * (1 - (double)done++ / steps));
                var labels = train.Labels.RowColumns(point);
                if (labels.Length > 0)
                    step.Take(train.Features.RowColumns(point), train.Features.RowValues(point), labels, rate, ref random);
            }
        }

        return new FastTextModel(options, embeddings, outputs, train.LabelCount, frequencies);
    }

    private static void Start(DenseMatrix embeddings, int seed)
    {
        var random = new RandomNumbers(seed, RandomPurpose.Embeddings);
        for (var feature = 0; feature < embeddings.RowCount; feature++)
        {
            foreach (ref var weight in embeddings.Row(feature))
                weight = (float)((2 * random.NextDouble() - 1) / embeddings.Dimensions);
        }
    }
}

/// <summary>One gradient step: hidden = Σ value · E[feature] / Σ |value|, the mean of the embeddings, a logistic loss per label or per node of the path, and back.</summary>
internal sealed class FastTextStep(DenseMatrix embeddings, DenseMatrix outputs, HuffmanTree? tree)
{
    private const float LongestStep = 1;

    private readonly float[] _hidden = new float[embeddings.Dimensions];
    private readonly float[] _gradient = new float[embeddings.Dimensions];

    public void Take(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, ReadOnlySpan<int> labels, float rate, ref RandomNumbers random)
    {
        Encode(embeddings, columns, values, _hidden);
        Array.Clear(_gradient);
        if (tree is null)
        {
            var next = 0;
            for (var label = 0; label < outputs.RowCount; label++)
            {
                var isTrue = next < labels.Length && labels[next] == label;
                next += isTrue ? 1 : 0;
                Update(label, isTrue, rate);
            }
        }
        else
        {
            for (var node = labels[random.Next(labels.Length)]; node != tree.Root;)
            {
                var (inner, isYes) = tree.Parent(node);
                Update(inner, isYes, rate);
                node = inner + tree.InnerCount + 1;
            }
        }

        var scale = Scale(values) * Clip();
        for (var i = 0; i < columns.Length; i++)
        {
            var row = embeddings.Row(columns[i]);
            TensorPrimitives.MultiplyAdd(_gradient, values[i] * scale, row, row);
        }
    }

    /// <summary>
    /// What shortens the hidden layer's step to <see cref="LongestStep"/>: the sum over hundreds of labels, each with its own loss, would
    /// else now and then throw the embeddings so far that training never comes back.
    /// </summary>
    private float Clip()
    {
        var length = TensorPrimitives.Norm<float>(_gradient);
        return length > LongestStep ? LongestStep / length : 1;
    }

    public static void Encode(DenseMatrix embeddings, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> hidden)
    {
        hidden.Clear();
        var scale = Scale(values);
        for (var i = 0; i < columns.Length; i++)
            TensorPrimitives.MultiplyAdd(embeddings.Row(columns[i]), values[i] * scale, hidden, hidden);
    }

    private static float Scale(ReadOnlySpan<float> values)
    {
        var sum = TensorPrimitives.SumOfMagnitudes(values);
        return sum > 0 ? 1 / sum : 0;
    }

    private void Update(int output, bool isTrue, float rate)
    {
        var row = outputs.Row(output);
        var score = 1 / (1 + MathF.Exp(-TensorPrimitives.Dot<float>(_hidden, row)));
        var pull = rate * ((isTrue ? 1 : 0) - score);
        TensorPrimitives.MultiplyAdd(row, pull, _gradient, _gradient);
        TensorPrimitives.MultiplyAdd(_hidden, pull, row, row);
    }
}
