using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

/// <summary>The network's parameters in double precision: E, W, b, and the classifier with its bias as the last column.</summary>
internal sealed class ReferenceNetwork(DenseNetwork network)
{
    public double[][] Embeddings { get; } = Copy(network.Embeddings.ToMatrix());

    public double[][] ResidualWeights { get; } = Copy(network.ResidualWeights);

    public double[][] ResidualBias { get; } = Copy(network.ResidualBias);

    public double[][] Classifier { get; } = Copy(network.Classifier);

    public IEnumerable<double[][]> Parameters => [Embeddings, ResidualWeights, ResidualBias, Classifier];

    private static double[][] Copy(DenseMatrix matrix) =>
        [.. Enumerable.Range(0, matrix.RowCount).Select(row => matrix.Row(row).ToArray().Select(value => (double)value).ToArray())];
}

/// <summary>The loss of one training step, written from the formulas in double precision.</summary>
internal sealed class ReferenceLoss(Dataset data, MiniBatch batch, TrainingOptions options)
{
    private const double Difference = 1e-5;
    private readonly uint _seed = DropoutMask.Hash(
        (uint)new RandomNumbers(options.Seed, RandomPurpose.Dropout).NextWord() + (uint)batch.Step);

    public double Derivative(ReferenceNetwork network, double[] row, int column)
    {
        var center = row[column];
        row[column] = center + Difference;
        var above = Of(network);
        row[column] = center - Difference;
        var below = Of(network);
        row[column] = center;
        return (above - below) / (2 * Difference);
    }

    /// <summary>Mean over the points of Σ_j log(1 + e^{t_j}) − y_j t_j.</summary>
    public double Of(ReferenceNetwork network)
    {
        var loss = 0.0;
        for (var i = 0; i < batch.Count; i++)
        {
            var z = Encode(network, i);
            var slots = batch.Slots[batch.SlotOffsets[i]..batch.SlotOffsets[i + 1]];
            for (var j = 0; j < slots.Length; j++)
            {
                var weights = network.Classifier[slots[j]];
                var logit = weights[^1] + z.Select((value, c) => value * weights[c]).Sum();
                var weight = j < batch.PositiveWeights(i).Length ? batch.PositiveWeights(i)[j] : 1;
                loss += weight * (Math.Log(1 + Math.Exp(logit)) - (j < batch.PositiveCounts[i] ? logit : 0));
            }
        }

        return loss / batch.Count;
    }

    private double[] Encode(ReferenceNetwork network, int i)
    {
        var point = batch.Points[i];
        var columns = data.Features.RowColumns(point);
        var values = data.Features.RowValues(point);
        var hidden = new double[network.ResidualWeights.Length];
        for (var j = 0; j < columns.Length; j++)
        {
            for (var c = 0; c < hidden.Length; c++)
                hidden[c] += values[j] * network.Embeddings[columns[j]][c];
        }

        Drop(hidden, _seed, i);
        var residual = network.ResidualWeights
            .Select((row, r) => network.ResidualBias[0][r] + row.Select((weight, c) => weight * hidden[c]).Sum()).ToArray();
        Drop(residual, ~_seed, i);
        return [.. hidden.Zip(residual, (h, r) => h + r)];
    }

    /// <summary>dropout(ReLU(x)) with the mask that the engine draws for the batch's row.</summary>
    private void Drop(double[] values, uint seed, int row)
    {
        var dropout = (float)options.Encoder.Dropout;
        var word = DropoutMask.RowWord(seed, (uint)row);
        for (var c = 0; c < values.Length; c++)
            values[c] = DropoutMask.Keeps(word, c, DropoutMask.Threshold(dropout)) ? Math.Max(values[c], 0) / (1 - dropout) : 0;
    }
}
