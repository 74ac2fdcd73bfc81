using LightDxml.Configuration;
using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>
/// The labels sorted by training frequency and cut into bins of about equal label mass, that is, of equally many
/// (point, label) pairs in training: few labels in the first bin, the head, and many in the last, the tail. One more bin
/// follows for the labels that no training point has.
/// </summary>
public sealed class FrequencyBins
{
    private readonly int[] _binOf;

    private FrequencyBins(int[] binOf, FrequencyBin[] bins)
    {
        _binOf = binOf;
        Bins = bins;
    }

    /// <summary>Most frequent labels first; the last is <see cref="Unseen"/>.</summary>
    public IReadOnlyList<FrequencyBin> Bins { get; }

    /// <summary>The labels never seen in training; there may be none in it.</summary>
    public FrequencyBin Unseen => Bins[^1];

    /// <summary>Number of labels in all bins.</summary>
    public int LabelCount => _binOf.Length;

    /// <summary>[labels] what <see cref="BinOf"/> answers; not to be written.</summary>
    internal int[] Rows => _binOf;

    /// <summary>The index into <see cref="Bins"/> of a label row.</summary>
    public int BinOf(int label) => _binOf[label];

    /// <param name="trainLabels">[points, labels].</param>
    /// <param name="binCount">Bins of labels seen in training; fewer where there are fewer such labels.</param>
    /// <exception cref="OptionsException"><paramref name="binCount"/> is not positive.</exception>
    public static FrequencyBins Of(SparseMatrix trainLabels, int binCount = 10)
    {
        ArgumentNullException.ThrowIfNull(trainLabels);
        Check.Positive(binCount, "evaluation.bins");
        var frequencies = LabelFrequencies.Count(trainLabels);
        var order = LabelFrequencies.MostFrequentFirst(frequencies);
        var seen = order.Count(label => frequencies[label] > 0);
        binCount = Math.Min(binCount, seen);

        var binOf = new int[frequencies.Length];
        var bins = new FrequencyBin[binCount + 1];
        var remainingMass = trainLabels.NonZeroCount;
        var start = 0;
        for (var bin = 0; bin < binCount; bin++)
        {
            var end = EndOfBin(start, seen, binCount - bin, remainingMass);
            bins[bin] = Close(bin, start, end);
            remainingMass -= bins[bin].TrainingPairs;
            start = end;
        }

        bins[binCount] = Close(binCount, seen, order.Length);
        return new FrequencyBins(binOf, bins);

        // An equal share of what is left, cut at the nearer side of the label that crosses it; a label is left for every later bin.
        int EndOfBin(int start, int seen, int binsLeft, long massLeft)
        {
            if (binsLeft == 1)
                return seen;
            long mass = frequencies[order[start]];
            var end = start + 1;
            while (end < seen - (binsLeft - 1) && (2 * mass + frequencies[order[end]]) * binsLeft <= 2 * massLeft)
                mass += frequencies[order[end++]];
            return end;
        }

        FrequencyBin Close(int bin, int start, int end)
        {
            var pairs = 0L;
            foreach (var label in order.AsSpan(start, end - start))
            {
                binOf[label] = bin;
                pairs += frequencies[label];
            }

            return start == end
                ? new FrequencyBin(0, 0, 0, 0)
                : new FrequencyBin(end - start, pairs, frequencies[order[end - 1]], frequencies[order[start]]);
        }
    }
}
