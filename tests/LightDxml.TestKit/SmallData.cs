using LightDxml.Data;

namespace LightDxml.TestKit;

/// <summary>Small data sets made from a seed: each label has three words of its own, a point those of its labels and three words of noise; the first labels are the most frequent.</summary>
internal static class SmallData
{
    private const int NoiseWords = 50;

    public static Dataset Learnable(int points, int labels, int seed)
    {
        var random = new Random(seed);
        var features = new List<SortedDictionary<int, float>>();
        var truth = new List<SortedSet<int>>();
        for (var i = 0; i < points; i++)
        {
            var own = new SortedSet<int>();
            for (var count = random.Next(1, 4); own.Count < count;)
                own.Add((int)(labels * Math.Pow(random.NextDouble(), 2)));
            var row = new SortedDictionary<int, float>();
            foreach (var label in own)
            {
                for (var word = 0; word < 3; word++)
                    row[label * 3 + word] = 1 + random.NextSingle();
            }

            for (var noise = 0; noise < 3; noise++)
                row[labels * 3 + random.Next(NoiseWords)] = random.NextSingle();
            features.Add(row);
            truth.Add(own);
        }

        return new Dataset("small", UnitRows.Of(Matrix(features, labels * 3 + NoiseWords)), Matrix(truth, labels));
    }

    /// <summary>Points of twelve measurements, each in its own unit, the first as far from 0 as years are: near the place of their one label; the two of the largest numbers say nothing.</summary>
    public static Dataset Measurements(int points, int labels, int seed)
    {
        const int Measured = 12;
        var (places, random) = (new Random(7), new Random(seed));
        double[][] centres = [.. Enumerable.Range(0, labels).Select(_ => Enumerable.Range(0, Measured).Select(_ => 4 * places.NextDouble()).ToArray())];
        var (features, truth) = (new List<SortedDictionary<int, float>>(), new List<SortedSet<int>>());
        for (var i = 0; i < points; i++)
        {
            var label = random.Next(labels);
            var row = new SortedDictionary<int, float>();
            for (var j = 0; j < Measured; j++)
                row[j] = (float)(Math.Pow(10, j % 6 - 2) * ((j % 6 == 5 ? 4 * random.NextDouble() : centres[label][j] + random.NextDouble()) + (j == 0 ? 2000 : 0)));
            features.Add(row);
            truth.Add([label]);
        }

        return new Dataset("measurements", Matrix(features, Measured), Matrix(truth, labels));
    }

    public static SparseMatrix Matrix(IReadOnlyList<SortedDictionary<int, float>> rows, int columns) =>
        new(rows.Count, columns, Offsets(rows.Select(row => row.Count)), [.. rows.SelectMany(row => row.Keys)], [.. rows.SelectMany(row => row.Values)]);

    public static SparseMatrix Matrix(IReadOnlyList<SortedSet<int>> rows, int columns) =>
        new(rows.Count, columns, Offsets(rows.Select(row => row.Count)), [.. rows.SelectMany(row => row)]);

    private static long[] Offsets(IEnumerable<int> lengths)
    {
        var offsets = new List<long> { 0 };
        foreach (var length in lengths)
            offsets.Add(offsets[^1] + length);
        return [.. offsets];
    }
}
