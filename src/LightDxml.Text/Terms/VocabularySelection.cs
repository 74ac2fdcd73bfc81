using System.Text;

namespace LightDxml.Text.Terms;

/// <summary>Chooses, of all terms that were counted, those that become features.</summary>
internal static class VocabularySelection
{
    /// <summary>Terms of names that are always taken, however few terms documents have.</summary>
    private const int LeastNameTerms = 20_000;

    /// <param name="withSubwords">Whether subwords that were counted become features.</param>
    /// <param name="names">Names of labels: their words and n-grams become features, however few documents have them.</param>
    /// <returns>The terms, most frequent first, and the documents of each.</returns>
    public static (byte[][] Terms, int[] Documents) Select(
        TermCounter counter, TextVectorizerOptions options, bool withSubwords, IEnumerable<string> names)
    {
        var isCharacters = options.Unit == TermUnit.Characters;
        var (least, most) = (options.MinDocuments, options.MaxDocumentShare * counter.DocumentCount);
        var chosen = new List<(byte[] Bytes, int Documents)>();
        for (var n = isCharacters ? 1 : options.MinNgram; n <= (isCharacters ? 1 : options.MaxNgram); n++)
        {
            var candidates = new List<Candidate>();
            Add(n, n == 1 ? counter.Words.Count : counter.Ngrams(n).Count, candidates);
            if (withSubwords && n == options.MinNgram)
                Add(0, counter.Subwords.Count, candidates);

            // Terms of fewer words first: a rare word says more than one more frequent pair of frequent words. Subwords are among the shortest.
            chosen.AddRange(Limit(candidates, counter, options.MaxFeatures == 0 ? int.MaxValue : options.MaxFeatures - chosen.Count));
        }

        if (!isCharacters)
            AddNames(names, chosen, counter, options, most);

        // Most of a document's terms are frequent ones: side by side, their parameters share cache lines.
        chosen.Sort(static (a, b) => a.Documents != b.Documents ? b.Documents.CompareTo(a.Documents) : a.Bytes.AsSpan().SequenceCompareTo(b.Bytes));
        return ([.. chosen.Select(term => term.Bytes)], [.. chosen.Select(term => term.Documents)]);

        void Add(int n, int count, List<Candidate> candidates)
        {
            for (var term = 0; term < count; term++)
            {
                var documents = counter.Documents(n, term);
                if (documents >= least && documents <= most)
                    candidates.Add(new Candidate(n, term, documents));
            }
        }
    }

    /// <summary>
    /// Adds the terms of names: at most as many as documents gave, so that a labels file far larger than the labels in use costs little. Then
    /// those of most documents are taken, of these the shorter ones, and of these those of most names.
    /// </summary>
    /// <param name="mostDocuments">Terms of more documents are left out, as they are of the documents' own.</param>
    private static void AddNames(IEnumerable<string> names, List<(byte[] Bytes, int Documents)> chosen, TermCounter counter, TextVectorizerOptions options, double mostDocuments)
    {
        HashSet<string>? known = null;
        var found = new Dictionary<string, NameTerm>();
        var reader = new NameWords(options);
        foreach (var name in names)
        {
            byte[][] words = [.. reader.Of(name)];
            known ??= [.. chosen.Select(term => Encoding.UTF8.GetString(term.Bytes))];
            for (var n = options.MinNgram; n <= options.MaxNgram; n++)
            {
                for (var first = 0; first + n <= words.Length; first++)
                {
                    var term = words.AsSpan(first, n);
                    var text = string.Join(' ', term.ToArray().Select(Encoding.UTF8.GetString));
                    if (known.Contains(text))
                        continue;
                    var earlier = found.GetValueOrDefault(text) ?? new NameTerm(text, n, counter.Documents(term), 0);
                    if (earlier.Documents > mostDocuments)
                        continue;
                    found[text] = earlier with { Names = earlier.Names + 1 };
                }
            }
        }

        var most = Math.Max(chosen.Count, LeastNameTerms);
        var terms = found.Count <= most ? found.Values : found.Values
            .OrderByDescending(term => term.Documents).ThenBy(term => term.Length).ThenByDescending(term => term.Names).ThenBy(term => term.Text, StringComparer.Ordinal)
            .Take(most);
        chosen.AddRange(terms.Select(term => (Encoding.UTF8.GetBytes(term.Text), term.Documents)));
    }

    /// <summary>The terms of most documents; of those with as many as the last, the first by their bytes.</summary>
    private static IEnumerable<(byte[] Bytes, int Documents)> Limit(List<Candidate> candidates, TermCounter counter, int most)
    {
        if (most == 0)
            return [];
        if (candidates.Count <= most)
            return candidates.Select(candidate => (Bytes(candidate, counter), candidate.Documents));
        int[] byDocuments = [.. candidates.Select(candidate => candidate.Documents)];
        Array.Sort(byDocuments);
        var cut = byDocuments[^most];
        var above = candidates.Where(candidate => candidate.Documents > cut).Select(candidate => (Bytes(candidate, counter), candidate.Documents)).ToList();
        var ties = candidates.Where(candidate => candidate.Documents == cut).Select(candidate => Bytes(candidate, counter)).ToArray();
        Array.Sort(ties, static (a, b) => a.AsSpan().SequenceCompareTo(b));
        return above.Concat(ties.Take(most - above.Count).Select(term => (term, cut)));
    }

    private static byte[] Bytes(Candidate candidate, TermCounter counter)
    {
        if (candidate.N == 0)
            return counter.Subwords[candidate.Term].ToArray();
        var words = new int[candidate.N];
        var term = candidate.Term;
        for (var n = candidate.N; n >= 2; n--)
        {
            words[n - 1] = counter.Ngrams(n).LastWord(term);
            term = counter.Ngrams(n).Prefix(term);
        }

        words[0] = term;
        var bytes = new byte[words.Sum(word => counter.Words[word].Length) + words.Length - 1];
        var end = 0;
        foreach (var word in words)
        {
            if (end > 0)
                bytes[end++] = (byte)' ';
            counter.Words[word].CopyTo(bytes.AsSpan(end));
            end += counter.Words[word].Length;
        }

        return bytes;
    }

    /// <param name="Length">Words of the term.</param>
    /// <param name="Names">Names that have it.</param>
    private sealed record NameTerm(string Text, int Length, int Documents, int Names);

    /// <param name="N">Words of the term; 0 is a subword.</param>
    private readonly record struct Candidate(int N, int Term, int Documents);
}
