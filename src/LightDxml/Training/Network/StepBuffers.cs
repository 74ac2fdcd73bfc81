using LightDxml.Data;
using LightDxml.Kernels;

namespace LightDxml.Training;

/// <summary>The working memory of one training step, allocated once.</summary>
internal sealed class StepBuffers(int capacity, int featureCount, int labelCount, int dimensions)
{
    /// <summary>[batch + 1] into the batch's features.</summary>
    public int[] FeatureOffsets { get; } = new int[capacity + 1];

    public int[] FeatureColumns { get; private set; } = [];

    public float[] FeatureValues { get; private set; } = [];

    /// <summary>h after dropout, [batch, dimensions].</summary>
    public DenseMatrix Hidden { get; } = new(capacity, dimensions);

    /// <summary>The residual branch after dropout, then nothing of use, [batch, dimensions].</summary>
    public DenseMatrix Residual { get; } = new(capacity, dimensions);

    /// <summary>z with a constant 1 behind it for the bias, [batch, dimensions + 1].</summary>
    public DenseMatrix Encodings { get; } = new(capacity, dimensions + 1);

    /// <summary>Gradient of z, [batch, dimensions + 1].</summary>
    public DenseMatrix EncodingGradients { get; } = new(capacity, dimensions + 1);

    /// <summary>Gradient of the residual branch before its ReLU, [batch, dimensions].</summary>
    public DenseMatrix ResidualGradients { get; } = new(capacity, dimensions);

    /// <summary>Gradient of h before its ReLU, [batch, dimensions].</summary>
    public DenseMatrix HiddenGradients { get; } = new(capacity, dimensions);

    /// <summary>Gradient of W, [dimensions, dimensions].</summary>
    public DenseMatrix ResidualWeightGradient { get; } = new(dimensions, dimensions);

    /// <summary>Gradient of b.</summary>
    public DenseMatrix ResidualBiasGradient { get; } = new(1, dimensions);

    /// <summary>Gradient of each slot's logit, in batch order.</summary>
    public float[] SlotGradients { get; private set; } = [];

    /// <summary>The same, label after label.</summary>
    public float[] LabelWeights { get; private set; } = [];

    /// <summary>The batch's feature values, feature after feature.</summary>
    public float[] FeatureWeights { get; private set; } = [];

    /// <summary>Loss of each point.</summary>
    public double[] Losses { get; } = new double[capacity];

    public BatchColumns Labels { get; } = new(labelCount);

    public BatchColumns Features { get; } = new(featureCount);

    /// <summary>Copies the batch's rows of the feature matrix and makes room for its slots.</summary>
    /// <param name="dropout">Share of features dropped; the others are scaled by 1 / (1 − dropout).</param>
    /// <param name="seed">Of this step's feature dropout.</param>
    public void Load(MiniBatch batch, float dropout, uint seed)
    {
        var points = batch.Points;
        var total = 0;
        for (var i = 0; i < points.Length; i++)
        {
            FeatureOffsets[i] = total;
            total += batch.Features.RowLength(points[i]);
        }

        FeatureOffsets[points.Length] = total;
        if (FeatureColumns.Length < total)
        {
            FeatureColumns = new int[total + total / 4];
            FeatureValues = new float[FeatureColumns.Length];
            FeatureWeights = new float[FeatureColumns.Length];
        }

        for (var i = 0; i < points.Length; i++)
        {
            batch.Features.RowColumns(points[i]).CopyTo(FeatureColumns.AsSpan(FeatureOffsets[i]));
            var values = FeatureValues.AsSpan(FeatureOffsets[i]..FeatureOffsets[i + 1]);
            batch.Features.RowValues(points[i]).CopyTo(values);
            if (dropout > 0)
                Drop(values, dropout, DropoutMask.RowWord(seed, (uint)i));
        }

        var slots = batch.Slots.Length;
        if (SlotGradients.Length < slots)
        {
            SlotGradients = new float[slots + slots / 4];
            LabelWeights = new float[SlotGradients.Length];
        }
    }

    private static void Drop(Span<float> values, float dropout, uint rowWord)
    {
        var threshold = DropoutMask.Threshold(dropout);
        var scale = 1 / (1 - dropout);
        for (var j = 0; j < values.Length; j++)
            values[j] = DropoutMask.Keeps(rowWord, j, threshold) ? values[j] * scale : 0;
    }
}
