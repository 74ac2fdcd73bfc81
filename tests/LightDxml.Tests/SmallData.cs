using LightDxml.Data;

namespace LightDxml.Tests;

/// <summary>Small data sets made from a seed: each label has three words of its own, and every fifth entry is noise.</summary>
internal static class SmallData
{
    public static Dataset Learnable(int points, int labels, int seed)
    {
        var random = new Random(seed);
        var features = labels * 3 + 50;
        var rows = new List<SortedDictionary<int, float>>();
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
                row[labels * 3 + random.Next(50)] = random.NextSingle();
            var norm = MathF.Sqrt(row.Values.Sum(value => value * value));
            foreach (var column in row.Keys.ToArray())
                row[column] /= norm;
            rows.Add(row);
            truth.Add(own);
        }

        return new Dataset("small", Matrix(rows, features), Matrix(truth, labels));
    }

    public static SparseMatrix Matrix(IReadOnlyList<SortedDictionary<int, float>> rows, int columns)
    {
        var offsets = new long[rows.Count + 1];
        for (var i = 0; i < rows.Count; i++)
            offsets[i + 1] = offsets[i] + rows[i].Count;
        return new SparseMatrix(rows.Count, columns, offsets, [.. rows.SelectMany(row => row.Keys)], [.. rows.SelectMany(row => row.Values)]);
    }

    public static SparseMatrix Matrix(IReadOnlyList<SortedSet<int>> rows, int columns)
    {
        var offsets = new long[rows.Count + 1];
        for (var i = 0; i < rows.Count; i++)
            offsets[i + 1] = offsets[i] + rows[i].Count;
        return new SparseMatrix(rows.Count, columns, offsets, [.. rows.SelectMany(row => row)]);
    }
}
