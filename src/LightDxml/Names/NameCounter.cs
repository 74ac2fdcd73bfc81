namespace LightDxml.Names;

/// <summary>Gathers <see cref="NameStatistics"/> from one document after the other.</summary>
internal sealed class NameCounter(int labels)
{
    /// <summary>Of 5, 10, 20 and 50 the best on held-out labels (docs/research/experiments.md).</summary>
    private const int Neighbours = 20;

    /// <summary>Share of a name's weight from which a document has it whole, but for rounding.</summary>
    private const float Whole = 0.999f;

    private readonly int[] _documents = new int[labels];

    // [labels, neighbours], the greatest first.
    private readonly float[] _nearest = new float[labels * Neighbours];

    /// <summary>Adds a document that does not have the label.</summary>
    public void Add(int label, NameSignal name)
    {
        if (name.Coverage >= Whole)
            _documents[label]++;
        var nearest = _nearest.AsSpan(label * Neighbours, Neighbours);
        if (name.Similarity <= nearest[^1])
            return;
        var place = Neighbours - 1;
        for (; place > 0 && nearest[place - 1] < name.Similarity; place--)
            nearest[place] = nearest[place - 1];
        nearest[place] = name.Similarity;
    }

    /// <summary>What was gathered, of all labels.</summary>
    public NameStatistics Statistics => new(_documents, [.. Enumerable.Range(1, _documents.Length).Select(end => _nearest[end * Neighbours - 1])]);
}
