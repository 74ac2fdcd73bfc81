using System.Text;

namespace LightDxml.Text.Terms;

/// <summary>A term of a document and the columns that it has there.</summary>
internal sealed record TermGroup(string Term, int[] Columns);

/// <summary>
/// The columns of a document by the words that they come from: a word has its own, if it is a term, and those of its subwords, which
/// several words may share. n-grams stand for themselves.
/// </summary>
internal static class TermGroups
{
    /// <param name="columns">Those of the document.</param>
    public static List<TermGroup> Of(TextDocument document, ReadOnlySpan<int> columns, Vocabulary vocabulary, TextVectorizerOptions options)
    {
        var words = new List<(string Word, List<int> Columns)>();
        var sink = new Sink(vocabulary, words);
        new TokenReader(options).ReadTerms(Encoding.UTF8.GetBytes(document.Title), Encoding.UTF8.GetBytes(document.Text), ref sink);
        var present = new HashSet<int>(columns.ToArray());
        var groups = new List<TermGroup>();
        var ofWords = new HashSet<int>();
        foreach (var (word, own) in words.DistinctBy(word => word.Word, StringComparer.Ordinal))
        {
            own.RemoveAll(column => !present.Contains(column));
            ofWords.UnionWith(own);
            if (own.Count > 0)
                groups.Add(new TermGroup(word, [.. own.Distinct()]));
        }

        groups.AddRange(present.Where(column => !ofWords.Contains(column)).Order().Select(column => new TermGroup(vocabulary.Name(column), [column])));
        return groups;
    }

    private readonly struct Sink(Vocabulary vocabulary, List<(string Word, List<int> Columns)> words) : ITermSink
    {
        public void Add(ReadOnlySpan<byte> token)
        {
            var columns = new List<int>();
            words.Add((Encoding.UTF8.GetString(token), columns));
            if (vocabulary.FindWord(token) is >= 0 and var word && vocabulary.ColumnOfWord(word) is >= 0 and var column)
                columns.Add(column);
        }

        public void AddSubword(ReadOnlySpan<byte> run)
        {
            if (vocabulary.ColumnOfSubword(run) is >= 0 and var column)
                words[^1].Columns.Add(column);
        }
    }
}
