using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using LightDxml.Text.Reading;

namespace LightDxml.Text.Terms;

/// <summary>The first pass over a corpus: the documents of every term, and the labels.</summary>
internal sealed class CorpusCounts
{
    /// <summary>Share of unseen words from which subwords are terms by themselves; chosen on held-out documents (docs/research/experiments.md).</summary>
    private const double LeastUnseenShare = 0.02;

    private readonly TextVectorizerOptions _options;
    private readonly WordTable _labels = new();
    private TermCounter? _terms;
    private int[]? _hashed;
    private SubwordUse _subwords;

    private CorpusCounts(TextVectorizerOptions options) => (_options, _subwords) = (options, options.Subwords);

    /// <summary>Documents of the corpus.</summary>
    public int DocumentCount { get; private set; }

    /// <summary>Every label that a document has, in no order.</summary>
    public IEnumerable<string> Labels => Enumerable.Range(0, _labels.Count).Select(label => System.Text.Encoding.UTF8.GetString(_labels[label]));

    /// <summary>Whether any document has a term.</summary>
    public bool HasTerms => _terms is { TermCount: > 0 };

    public SkippedRows Skipped { get; private set; } = SkippedRows.None;

    public static CorpusCounts Of(DocumentSource source, TextVectorizerOptions options, int threads) => Of([source], options, threads);

    public static CorpusCounts Of(IEnumerable<DocumentSource> sources, TextVectorizerOptions options, int threads)
    {
        var counts = new CorpusCounts(options);
        var workers = new ConcurrentBag<Worker>();
        foreach (var source in sources)
            counts.Skipped = counts.Skipped.With(source.ForEachRound(threads, NewWorker, _ => counts.Take(workers)));
        return counts;

        Func<DocumentBatch, int> NewWorker()
        {
            var worker = new Worker(options with { Subwords = counts._subwords });
            workers.Add(worker);
            return worker.Count;
        }
    }

    /// <param name="names">Names of labels, whose terms are features, however few documents have them; hashed features do not need them.</param>
    /// <returns>The terms that are features, most frequent first (null where they are hashed), and the documents of each.</returns>
    public (byte[][]? Terms, int[] Documents) Select(IEnumerable<string> names)
    {
        if (_options.HashBits > 0)
            return (null, _hashed ?? new int[1 << _options.HashBits]);
        return VocabularySelection.Select(_terms ?? NewCounter(_options), _options, TakesSubwords, names);
    }

    /// <summary>Whether subwords are terms: as the options say, else by the words counted so far.</summary>
    private bool TakesSubwords => _subwords == SubwordUse.Auto ? _terms?.UnseenShare() >= LeastUnseenShare : _subwords == SubwordUse.Always;

    private static TermCounter NewCounter(TextVectorizerOptions options) => new(options.Unit == TermUnit.Characters ? 1 : options.MaxNgram, Subwords.Of(options));

    /// <summary>Adds up what the workers of a round counted. Sums do not depend on which of them counted what.</summary>
    private void Take(ConcurrentBag<Worker> workers)
    {
        // The largest first: into it the others are added.
        foreach (var worker in workers.OrderByDescending(worker => worker.Terms?.TermCount))
        {
            DocumentCount += worker.DocumentCount;
            for (var label = 0; label < worker.Labels.Count; label++)
                _labels.GetOrAdd(worker.Labels[label]);
            if (worker.Hashed is { } hashed)
                Add(hashed.Documents);
            else if (_terms is null)
                _terms = worker.Terms;
            else
                _terms.Add(worker.Terms!);
        }

        workers.Clear();
        if (_terms is null || _terms.TermCount <= _options.MaxCountedTerms)
            return;

        // Decided before rare terms are forgotten: subwords that are not taken are to cost no other term its place.
        _subwords = TakesSubwords ? SubwordUse.Always : SubwordUse.None;
        if (_subwords == SubwordUse.None)
            _terms.DropSubwords();
        if (_terms.TermCount > _options.MaxCountedTerms)
            _terms = _terms.Prune(_options.MaxCountedTerms / 2);
    }

    private void Add(int[] documents)
    {
        _hashed ??= new int[documents.Length];
        for (var column = 0; column < documents.Length; column++)
            _hashed[column] += documents[column];
    }

    private sealed class Worker(TextVectorizerOptions options)
    {
        private readonly TokenReader _reader = new(options);
        private readonly List<int> _tokens = [];

        public HashedCounter? Hashed { get; } = options.HashBits > 0 ? new HashedCounter(options) : null;

        public TermCounter? Terms { get; } = options.HashBits > 0 ? null : NewCounter(options);

        public WordTable Labels { get; } = new();

        public int DocumentCount { get; private set; }

        public int Count(DocumentBatch batch)
        {
            for (var document = 0; document < batch.Count; document++)
            {
                Count(batch[document, DocumentField.Title], batch[document, DocumentField.Text]);
                for (var place = 0; place < batch.LabelCount(document); place++)
                    Labels.GetOrAdd(batch.Label(document, place));
            }

            DocumentCount += batch.Count;
            return batch.Count;
        }

        private void Count(ReadOnlySpan<byte> title, ReadOnlySpan<byte> text)
        {
            if (Hashed is not null)
            {
                Hashed.CountDocument(title, text);
                return;
            }

            _tokens.Clear();
            var sink = new Sink(Terms!.Words, _tokens);
            _reader.Read(title, text, ref sink);
            Terms.CountDocument(CollectionsMarshal.AsSpan(_tokens));
        }
    }

    private readonly struct Sink(WordTable words, List<int> tokens) : ITokenSink
    {
        public void Add(ReadOnlySpan<byte> token) => tokens.Add(words.GetOrAdd(token));
    }
}
