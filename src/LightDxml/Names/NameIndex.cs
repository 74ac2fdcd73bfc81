using System.Text;
using LightDxml.Text;
using LightDxml.Text.Terms;

namespace LightDxml.Names;

/// <summary>
/// Finds labels by their names in the manner of lexical indexing (Medelyan's Maui; MLLM of Annif): an inverted index from terms to the names
/// that have them. Terms are the words and n-grams of the vocabulary, joined where they differ by their endings only, so that a document's row
/// of features is all that is needed. Immutable.
/// </summary>
internal sealed class NameIndex
{
    /// <summary>Longer names are mostly explanations.</summary>
    private const int MostWords = 12;

    private readonly int[] _termOfFeature;
    private readonly int[] _starts;
    private readonly Posting[] _postings;
    private readonly int[] _labelOfName;
    private readonly float[] _rarityOfName;

    private NameIndex(
        LabelTexts texts, WordEndings endings, int[] termOfFeature, int[] starts, Posting[] postings, int[] labelOfName, float[] rarityOfName) =>
        (Texts, Endings, _termOfFeature, _starts, _postings, _labelOfName, _rarityOfName) = (texts, endings, termOfFeature, starts, postings, labelOfName, rarityOfName);

    /// <summary>The names that are indexed.</summary>
    public LabelTexts Texts { get; }

    /// <summary>Endings of words that do not count.</summary>
    public WordEndings Endings { get; }

    public int LabelCount => Texts.Names.Count;

    public int NameCount => _labelOfName.Length;

    public int TermCount => _starts.Length - 1;

    /// <summary>Whether a feature of documents is a term of a name.</summary>
    public bool IsOfAName(int feature) => feature < _termOfFeature.Length && _termOfFeature[feature] is >= 0 and var term && _starts[term] < _starts[term + 1];

    /// <summary>A name that has a term, and the term's weight among those of the name, whose squares sum to 1, or to less where words of the name are not in the vocabulary.</summary>
    /// <param name="Feature">With <see cref="WordEndings.Alike"/> the feature of the words as the name writes them; −1 without, or where there is none.</param>
    internal readonly record struct Posting(int Name, float Weight, int Feature);

    /// <param name="vectorizer">What makes the features of documents; it has a vocabulary of words.</param>
    public static NameIndex Build(LabelTexts texts, TextVectorizer vectorizer, WordEndings endings)
    {
        var features = TermsOfFeatures(vectorizer, endings, out var termOfFeature);
        var writtenFeatures = endings == WordEndings.Alike ? Features(vectorizer) : [];
        var documents = new long[features.Count];
        for (var column = 0; column < termOfFeature.Length; column++)
            documents[termOfFeature[column]] += vectorizer.DocumentFrequencies[column];
        var labelOfName = new List<int>();
        var rarityOfName = new List<float>();
        var postings = new List<List<Posting>>();
        foreach (var _ in documents)
            postings.Add([]);
        var words = new NameWords(vectorizer.Options);
        for (var label = 0; label < texts.Names.Count; label++)
        {
            foreach (var name in texts.Names[label])
                Add(name, label);
        }

        var starts = new int[postings.Count + 1];
        for (var term = 0; term < postings.Count; term++)
            starts[term + 1] = starts[term] + postings[term].Count;
        return new NameIndex(texts, endings, termOfFeature, starts, [.. postings.SelectMany(list => list)], [.. labelOfName], [.. rarityOfName]);

        void Add(string name, int label)
        {
            string[] written = [.. words.Of(name).Select(word => Encoding.UTF8.GetString(word))];
            string[] parts = [.. written.Select(word => WithoutEnding(word, endings))];
            if (parts.Length is 0 or > MostWords)
                return;
            var terms = new SortedDictionary<int, int>();
            for (var n = vectorizer.Options.MinNgram; n <= vectorizer.Options.MaxNgram; n++)
            {
                for (var first = 0; first + n <= parts.Length; first++)
                {
                    // Of several spellings that are alike the first that documents have.
                    if (features.TryGetValue(string.Join(' ', parts, first, n), out var term) && terms.GetValueOrDefault(term, -1) < 0)
                        terms[term] = writtenFeatures.GetValueOrDefault(string.Join(' ', written, first, n), -1);
                }
            }

            // A word that no document has is one that cannot be found: the rest of the name is then never the whole.
            var missing = vectorizer.Options.MinNgram == 1 ? parts.Distinct().Count(part => !features.ContainsKey(part)) : 0;
            var norm = Math.Sqrt(terms.Keys.Sum(term => Math.Pow(Rarity(documents[term], vectorizer.DocumentCount), 2)) + missing * Math.Pow(Rarity(0, vectorizer.DocumentCount), 2));
            foreach (var (term, feature) in terms)
                postings[term].Add(new Posting(labelOfName.Count, (float)(Rarity(documents[term], vectorizer.DocumentCount) / norm), feature));
            if (terms.Count == 0)
                return;
            labelOfName.Add(label);
            rarityOfName.Add((float)norm);
        }
    }

    /// <summary>Features that are terms: the first ones; those of a text vector follow.</summary>
    internal int FeatureCount => _termOfFeature.Length;

    /// <summary>The term that a feature counts as.</summary>
    internal int TermOf(int feature) => _termOfFeature[feature];

    internal ReadOnlySpan<Posting> Postings(int term) => _postings.AsSpan(_starts[term].._starts[term + 1]);

    internal int LabelOf(int name) => _labelOfName[name];

    /// <summary>The length of the name's vector of rarities.</summary>
    internal float RarityOf(int name) => _rarityOfName[name];

    /// <summary>Terms by what is left of them without endings.</summary>
    private static Dictionary<string, int> TermsOfFeatures(TextVectorizer vectorizer, WordEndings endings, out int[] termOfFeature)
    {
        var terms = new Dictionary<string, int>(StringComparer.Ordinal);
        termOfFeature = new int[vectorizer.TermCount];
        for (var column = 0; column < termOfFeature.Length; column++)
        {
            var stem = string.Join(' ', vectorizer.TermOf(column)!.Split(' ').Select(word => WithoutEnding(word, endings)));
            if (!terms.TryGetValue(stem, out termOfFeature[column]))
                terms.Add(stem, termOfFeature[column] = terms.Count);
        }

        return terms;
    }

    /// <summary>Features by their words.</summary>
    private static Dictionary<string, int> Features(TextVectorizer vectorizer)
    {
        var features = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var column = 0; column < vectorizer.TermCount; column++)
            features[vectorizer.TermOf(column)!] = column;
        return features;
    }

    private static double Rarity(long documents, int documentCount) => 1 + Math.Log((1.0 + documentCount) / (1.0 + Math.Min(documents, documentCount)));

    internal static string WithoutEnding(string word, WordEndings endings) => endings switch
    {
        WordEndings.Plural => word.Length > 3 && word[^1] == 's' && word[^2] != 's' ? word[..^1] : word,
        WordEndings.Prefix or WordEndings.Alike => word.Length > PrefixLetters ? word[..PrefixLetters] : word,
        _ => word,
    };

    private const int PrefixLetters = 6;
}
