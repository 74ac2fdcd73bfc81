using System.Runtime.InteropServices;

using LightDxml.Data;

namespace LightDxml.Text.Synthetic;

/// <summary>The points of one part of a synthetic set: drawn as word counts, then weighted into a <see cref="Dataset"/>.</summary>
internal sealed class SyntheticPoints
{
    // Arrays of a block's size are what growth copies; larger ones would double the peak memory of large sets.
    private const int BlockPoints = 16_384;

    private readonly SyntheticOptions _options;
    private readonly long[] _featureOffsets;
    private readonly long[] _labelOffsets;
    private readonly List<(int[] Words, float[] Counts)> _featureBlocks = [];
    private readonly List<int[]> _labelBlocks = [];

    /// <param name="stream">Tells this part's random numbers from those of other parts.</param>
    public SyntheticPoints(SyntheticOptions options, SyntheticLanguage language, ulong stream, int count)
    {
        _options = options;
        _featureOffsets = new long[count + 1];
        _labelOffsets = new long[count + 1];
        List<int> words = [], labels = [], blockWords = [], blockLabels = [];
        List<float> blockCounts = [];
        for (var point = 0; point < count; point++)
        {
            language.Draw(stream, point, labels, words);
            blockLabels.AddRange(labels);
            CountWords(words, blockWords, blockCounts);
            _featureOffsets[point + 1] = _featureOffsets[point - point % BlockPoints] + blockWords.Count;
            _labelOffsets[point + 1] = _labelOffsets[point - point % BlockPoints] + blockLabels.Count;
            if ((point + 1) % BlockPoints != 0 && point + 1 < count)
                continue;
            _featureBlocks.Add(([.. blockWords], [.. blockCounts]));
            _labelBlocks.Add([.. blockLabels]);
            blockWords.Clear();
            blockCounts.Clear();
            blockLabels.Clear();
        }
    }

    /// <returns>[features] 1 + ln((1 + N) / (1 + df)).</returns>
    public double[] InverseDocumentFrequencies()
    {
        var documentFrequencies = new int[_options.Features];
        foreach (var (words, _) in _featureBlocks)
            foreach (var word in words)
                documentFrequencies[word]++;
        var points = _featureOffsets.Length - 1;
        return Array.ConvertAll(documentFrequencies, df => 1 + SyntheticLogarithm.Of((1.0 + points) / (1.0 + df)));
    }

    /// <summary>Weights the word counts, in place: to be called once.</summary>
    public Dataset ToDataset(string name, double[] inverseFrequencies)
    {
        var count = _featureOffsets.Length - 1;
        var features = new List<SparseMatrix.Block>();
        var labels = new List<SparseMatrix.Block>();
        for (var block = 0; block < _featureBlocks.Count; block++)
        {
            var firstPoint = block * BlockPoints;
            var (words, counts) = _featureBlocks[block];
            for (var point = firstPoint; point < Math.Min(count, firstPoint + BlockPoints); point++)
            {
                var start = (int)(_featureOffsets[point] - _featureOffsets[firstPoint]);
                var length = (int)(_featureOffsets[point + 1] - _featureOffsets[point]);
                Weigh(words.AsSpan(start, length), counts.AsSpan(start, length), inverseFrequencies);
            }

            features.Add(new SparseMatrix.Block(firstPoint, words, counts));
            labels.Add(new SparseMatrix.Block(firstPoint, _labelBlocks[block], default));
        }

        return new Dataset(
            name,
            new SparseMatrix(count, _options.Features, _featureOffsets, features),
            new SparseMatrix(count, _options.Labels, _labelOffsets, labels));
    }

    private static void CountWords(List<int> words, List<int> distinct, List<float> counts)
    {
        words.Sort();
        for (var i = 0; i < words.Count; i++)
        {
            if (i == 0 || words[i] != words[i - 1])
            {
                distinct.Add(words[i]);
                counts.Add(0);
            }

            CollectionsMarshal.AsSpan(counts)[^1]++;
        }
    }

    /// <summary>Replaces the counts of one point by its TF-IDF weights, scaled to unit length.</summary>
    private static void Weigh(ReadOnlySpan<int> words, Span<float> counts, double[] inverseFrequencies)
    {
        var squares = 0.0;
        for (var i = 0; i < words.Length; i++)
        {
            var weight = (1 + SyntheticLogarithm.Of(counts[i])) * inverseFrequencies[words[i]];
            counts[i] = (float)weight;
            squares += (double)counts[i] * counts[i];
        }

        var scale = 1 / Math.Sqrt(squares);
        foreach (ref var weight in counts)
            weight = (float)(weight * scale);
    }
}
