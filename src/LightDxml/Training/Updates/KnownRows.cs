using System.Numerics;
using System.Numerics.Tensors;
using LightDxml.Data;

namespace LightDxml.Training;

/// <summary>
/// Lengths and biases of the dense classifier's rows by label frequency. Training stops before rows have come to a minimum, and the weights of
/// the score are fitted to the logits that it leaves: a row that is fitted later gets the length and the bias that labels as frequent have.
/// </summary>
internal sealed class KnownRows
{
    private const int Bins = 32;
    private readonly (float Length, float Bias)?[] _bins = new (float Length, float Bias)?[Bins];

    /// <param name="classifier">[labels, dimensions + 1].</param>
    /// <param name="frequencies">[labels] documents of each.</param>
    /// <param name="isKnown">[labels] whether the row is one of training.</param>
    public KnownRows(DenseMatrix classifier, int[] frequencies, bool[] isKnown)
    {
        var labels = Enumerable.Range(0, frequencies.Length).Where(label => isKnown[label] && frequencies[label] > 0);
        foreach (var bin in labels.GroupBy(label => BinOf(frequencies[label])))
        {
            _bins[bin.Key] = (
                Median([.. bin.Select(label => TensorPrimitives.Norm(classifier.Row(label)[..^1]))]),
                Median([.. bin.Select(label => classifier.Row(label)[^1])]));
        }
    }

    /// <summary>Gives a fitted row the length and the bias of labels as frequent; where no label is known, it stays as it is.</summary>
    public void Apply(int frequency, Span<float> row)
    {
        var length = TensorPrimitives.Norm(row[..^1]);
        var own = BinOf(frequency);
        if (length == 0 || Enumerable.Range(0, Bins).OrderBy(bin => Math.Abs(bin - own)).FirstOrDefault(bin => _bins[bin] is not null, -1) is not (>= 0 and var nearest))
            return;
        TensorPrimitives.Multiply(row[..^1], _bins[nearest]!.Value.Length / length, row[..^1]);
        row[^1] = _bins[nearest]!.Value.Bias;
    }

    private static int BinOf(int frequency) => BitOperations.Log2((uint)frequency + 1);

    private static float Median(float[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
