using LightDxml.Data;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>Labels by the words of their names: TF-IDF over the labels, rows of unit length.</summary>
internal static class LabelNameRows
{
    /// <returns>[labels, words]; a name without a word that another name lacks has an empty row.</returns>
    public static SparseMatrix Of(IReadOnlyList<string> names)
    {
        var columns = new Dictionary<string, int>();
        var frequencies = new List<int>();
        var rows = new SortedDictionary<int, int>[names.Count];
        for (var label = 0; label < names.Count; label++)
        {
            rows[label] = [];
            foreach (var word in Words(names[label]))
            {
                if (!columns.TryGetValue(word, out var column))
                {
                    columns.Add(word, column = frequencies.Count);
                    frequencies.Add(0);
                }

                rows[label][column] = rows[label].GetValueOrDefault(column) + 1;
            }

            foreach (var column in rows[label].Keys)
                frequencies[column]++;
        }

        var offsets = new long[names.Count + 1];
        for (var label = 0; label < names.Count; label++)
            offsets[label + 1] = offsets[label] + rows[label].Count;
        float[] weights = [.. rows.SelectMany(row => row).Select(entry => entry.Value * MathF.Log((float)names.Count / frequencies[entry.Key]))];
        return UnitRows.Of(new SparseMatrix(names.Count, Math.Max(1, frequencies.Count), offsets, [.. rows.SelectMany(row => row.Keys)], weights));
    }

    /// <summary>Runs of letters and digits, in lower case.</summary>
    private static IEnumerable<string> Words(string name)
    {
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && char.IsLetterOrDigit(name[i]))
                continue;
            if (i > start)
                yield return name[start..i].ToLowerInvariant();
            start = i + 1;
        }
    }
}
