namespace LightDxml.Names;

/// <summary>What a label's names have in common with a document; of several names the best.</summary>
/// <param name="Similarity">Cosine of document and name by their weights of terms, times the coverage.</param>
/// <param name="Coverage">Share of the name's weight that the document has, 0..1; words that are merely alike count less.</param>
/// <param name="Information">The rarity of the name's words, times the coverage: a long or rare name is hardly there by chance.</param>
internal readonly record struct NameSignal(float Similarity, float Coverage, float Information);

/// <summary>Compares one document after the other with all names. Holds one thread's memory.</summary>
internal sealed class NameMatcher(NameIndex index)
{
    /// <summary>What a word counts that is merely like the name's. Of 0.5 to 1 the best on held-out documents (docs/research/experiments.md).</summary>
    private const float Likeness = 0.6f;

    // With endings that count less, the document's features; else empty.
    private readonly bool[] _written = new bool[index.Endings == WordEndings.Alike ? index.FeatureCount : 0];
    private readonly List<int> _writtenFeatures = [];
    private readonly float[] _terms = new float[index.TermCount];
    private readonly List<int> _foundTerms = [];
    private readonly float[] _products = new float[index.NameCount];
    private readonly float[] _coverages = new float[index.NameCount];
    private readonly List<int> _foundNames = [];
    private readonly NameSignal[] _signals = new NameSignal[index.LabelCount];
    private readonly List<int> _foundLabels = [];

    /// <summary>The labels of which a name has a term of the document, in no particular order.</summary>
    public IReadOnlyList<int> Labels => _foundLabels;

    /// <summary>What a label has in common with the document; nothing for labels that are not among <see cref="Labels"/>.</summary>
    public NameSignal this[int label] => _signals[label];

    /// <summary>Compares a document with the names.</summary>
    /// <param name="columns">Ascending; what follows the terms is left out.</param>
    /// <param name="values">The features' weights, in any scale.</param>
    public void Match(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        Clear();
        var squares = 0f;
        for (var j = 0; j < columns.Length && columns[j] < index.FeatureCount; j++)
        {
            var term = index.TermOf(columns[j]);
            if (_terms[term] == 0)
                _foundTerms.Add(term);
            _terms[term] += values[j];
            if (_written.Length == 0)
                continue;
            _written[columns[j]] = true;
            _writtenFeatures.Add(columns[j]);
        }

        foreach (var term in _foundTerms)
        {
            if (index.Postings(term).Length > 0)
                squares += _terms[term] * _terms[term];
        }

        if (squares <= 0)
            return;
        var scale = 1 / MathF.Sqrt(squares);
        foreach (var term in _foundTerms)
        {
            var weight = scale * _terms[term];
            foreach (var posting in index.Postings(term))
            {
                if (_coverages[posting.Name] == 0)
                    _foundNames.Add(posting.Name);
                var share = _written.Length == 0 || posting.Feature >= 0 && _written[posting.Feature] ? 1 : Likeness;
                _products[posting.Name] += share * weight * posting.Weight;
                _coverages[posting.Name] += share * posting.Weight * posting.Weight;
            }
        }

        foreach (var name in _foundNames)
        {
            var label = index.LabelOf(name);
            var similarity = _products[name] * _coverages[name];
            if (_signals[label].Coverage == 0)
                _foundLabels.Add(label);
            if (similarity > _signals[label].Similarity)
                _signals[label] = new NameSignal(similarity, _coverages[name], _coverages[name] * index.RarityOf(name));
        }
    }

    /// <summary>The labels whose names are most similar, ties by the lower row.</summary>
    /// <param name="labels">Overwritten, best first; −1 behind the last.</param>
    /// <param name="scores">[labels] overwritten with their similarities.</param>
    /// <param name="first">The first label row that is looked at.</param>
    /// <param name="end">The first that is not looked at again.</param>
    public void Best(Span<int> labels, Span<float> scores, int first = 0, int end = int.MaxValue)
    {
        var best = new Data.BestRows<float>(labels, scores);
        foreach (var label in _foundLabels)
        {
            if (label >= first && label < end)
                best.Offer(label, _signals[label].Similarity);
        }
    }

    private void Clear()
    {
        foreach (var feature in _writtenFeatures)
            _written[feature] = false;
        foreach (var term in _foundTerms)
            _terms[term] = 0;
        foreach (var name in _foundNames)
            (_products[name], _coverages[name]) = (0, 0);
        foreach (var label in _foundLabels)
            _signals[label] = default;
        _writtenFeatures.Clear();
        _foundTerms.Clear();
        _foundNames.Clear();
        _foundLabels.Clear();
    }
}
