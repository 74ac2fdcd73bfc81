namespace LightDxml.Names;

/// <summary>
/// What training documents tell of the names of labels that they do not have: names that many documents hold, or come near to, say little
/// of the next one. One entry a label.
/// </summary>
/// <param name="Documents">Documents that have a name whole.</param>
/// <param name="Similarities">The similarity of the name and the twentieth of the documents that are most similar to it; 0 where fewer share a word with it.</param>
internal sealed record NameStatistics(int[] Documents, float[] Similarities)
{
    public int Count => Documents.Length;

    /// <summary>Those of the documents of both; of the twentieth the greater one is at most as much as it is.</summary>
    public NameStatistics And(NameStatistics other) =>
        new([.. Documents.Zip(other.Documents, (one, two) => one + two)], [.. Similarities.Zip(other.Similarities, Math.Max)]);

    /// <summary>Those of some labels; nothing is known of rows below 0.</summary>
    public NameStatistics Select(IReadOnlyCollection<int> rows) =>
        new([.. rows.Select(row => row < 0 ? 0 : Documents[row])], [.. rows.Select(row => row < 0 ? 0 : Similarities[row])]);
}
