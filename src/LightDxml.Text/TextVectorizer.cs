using System.Text;
using LightDxml.Data;
using LightDxml.Data.Parsing;
using LightDxml.Text.Reading;
using LightDxml.Text.Terms;
using LightDxml.Text.Vectors;
using Microsoft.Extensions.ObjectPool;

namespace LightDxml.Text;

/// <summary>
/// Turns text into rows of TF-IDF weights, the same rows in training and afterwards. A row's weights are
/// tf · idf, scaled to unit length, with tf = 1 + ln(count) and idf = 1 + ln((1 + N) / (1 + df)) by default; N and df
/// (the documents of a term) are those of the corpus that the vectoriser was fitted on. With a text encoder the text's vector
/// follows in further columns. Immutable, safe for many threads.
/// </summary>
public sealed partial class TextVectorizer
{
    /// <summary>So many documents, of so many characters in all, are not worth a worker of their own.</summary>
    private const int FewDocuments = 64, FewCharacters = 1 << 20;

    private readonly Vocabulary? _vocabulary;
    private readonly int[] _documents;
    private readonly float[] _inverseDocumentFrequencies;

    private TextVectorizer(TextVectorizerOptions options, int documentCount, Vocabulary? vocabulary, int[] documents, float[] inverseDocumentFrequencies, ITextEncoder? encoder)
    {
        if (options.HasEncoder != encoder is not null)
            throw new Configuration.OptionsException($"text.encoder={options.Encoder}: a vectoriser with a text encoder is made by training or opening a model.");
        Options = options.Subwords != SubwordUse.Auto ? options : options with { Subwords = vocabulary is { SubwordCount: > 0 } ? SubwordUse.Always : SubwordUse.None };
        DocumentCount = documentCount;
        _vocabulary = vocabulary;
        _documents = documents;
        _inverseDocumentFrequencies = inverseDocumentFrequencies;
        Encoder = encoder;
        RowScratch = new DefaultObjectPool<TextRow>(new TextRowPolicy(this), ScratchPools.Retained);
    }

    /// <summary>How text becomes features; what was left to the corpus is as it was chosen.</summary>
    public TextVectorizerOptions Options { get; }

    /// <summary>Documents of the corpus that it was fitted on.</summary>
    public int DocumentCount { get; }

    /// <summary>Number of features: terms of the vocabulary, and the numbers of a text's vector where there is a text encoder.</summary>
    public int FeatureCount => TermCount + (Encoder?.Dimension ?? 0);

    /// <summary>Features that are terms: the first ones.</summary>
    internal int TermCount => _inverseDocumentFrequencies.Length;

    /// <summary>Terms that are subwords, runs of characters within words.</summary>
    internal int SubwordCount => _vocabulary?.SubwordCount ?? 0;

    /// <summary>What gives texts their vectors, or null.</summary>
    internal ITextEncoder? Encoder { get; }

    /// <summary>[terms] 0 for a hashed column of no training document, or of too few.</summary>
    public ReadOnlySpan<float> InverseDocumentFrequencies => _inverseDocumentFrequencies;

    /// <summary>[terms] documents of the corpus that have the term.</summary>
    public ReadOnlySpan<int> DocumentFrequencies => _documents;

    /// <summary>Learns the terms of documents and their frequencies, in one pass.</summary>
    /// <param name="threads">0 takes every processor. The result does not depend on it.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="Configuration.OptionsException">An option is out of its range, or names a text encoder, which training alone opens.</exception>
    public static TextVectorizer Fit(IEnumerable<TextDocument> documents, TextVectorizerOptions options, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(options);
        return Of(CorpusCounts.Of(DocumentSource.OfList(documents), options.Validate(), threads), options, [], encoder: null);
    }

    /// <summary>The rows of documents, [documents, features].</summary>
    /// <param name="threads">0 takes every processor. The result does not depend on it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="documents"/> is null.</exception>
    public SparseMatrix Transform(IEnumerable<TextDocument> documents, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(documents);
        if (Encoder is null && documents.TryGetNonEnumeratedCount(out var count) && count <= FewDocuments)
        {
            TextDocument[] few = [.. documents];
            if (few.Sum(document => (long)document.Text.Length) < FewCharacters)
                return TransformFew(few);
            documents = few;
        }

        var chunks = new List<RowChunk>();
        ForEachPiece<int>(DocumentSource.OfList(documents), threads, static () => static batch => batch.Count, (rows, _) => chunks.Add(rows));
        return MatrixAssembly.Join(chunks, FeatureCount, ReadLimits.Default.MaxBlockNonZeros, threads);
    }

    /// <summary>The same rows, in the caller's thread and with what single texts are made of: nothing as large as the vocabulary is allocated.</summary>
    private SparseMatrix TransformFew(TextDocument[] documents)
    {
        var rows = new RowCollector(withValues: true);
        var scratch = RowScratch.Get();
        foreach (var document in documents)
        {
            var (columns, values) = scratch.Row(Encoding.UTF8.GetBytes(document.Title), Encoding.UTF8.GetBytes(document.Text));
            for (var i = 0; i < columns.Length; i++)
                rows.Add(columns[i], values[i]);
            rows.EndRow();
        }

        RowScratch.Return(scratch);
        return MatrixAssembly.Join([rows.Take()], FeatureCount, ReadLimits.Default.MaxBlockNonZeros, threads: 1);
    }

    /// <summary>The row of one text, columns ascending.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public (int[] Columns, float[] Values) Transform(string text)
    {
        var weights = RowScratch.Get();
        var (columns, values) = weights.Row(default, Encoding.UTF8.GetBytes(text));
        (int[] Columns, float[] Values) row = (columns.ToArray(), values.ToArray());
        RowScratch.Return(weights);
        return row;
    }

    /// <summary>The term of a column; hashed columns and those of the text vector have none.</summary>
    public string? TermOf(int column) => column < TermCount ? _vocabulary?.Name(column) : null;

    /// <summary>What of a document can be left out, with the columns that go with it: its terms, and where subwords are terms, its words with their subwords.</summary>
    /// <param name="columns">Those terms of the document that are looked at.</param>
    internal IReadOnlyList<TermGroup> TermGroups(TextDocument document, ReadOnlySpan<int> columns)
    {
        if (SubwordCount > 0)
            return Text.Terms.TermGroups.Of(document, columns, _vocabulary!, Options);
        return [.. columns.ToArray().Select(column => new TermGroup(TermOf(column) ?? $"#{column}", [column]))];
    }

    /// <summary>The terms of all features that are terms, or null where they are hashed.</summary>
    public IReadOnlyList<string>? Terms() => _vocabulary is null ? null : [.. Enumerable.Range(0, TermCount).Select(_vocabulary.Name)];

    /// <summary>The names of all features, or null where terms are hashed.</summary>
    internal IReadOnlyList<string>? FeatureNames() => Encoder is null ? Terms() : Terms() is not { } terms ? null
        : [.. terms, .. Enumerable.Range(1, Encoder.Dimension).Select(number => $"[{Encoder.Name} {number}]")];

    /// <summary>Whether another vectoriser gives every text the same row, bit for bit.</summary>
    internal bool IsSameAs(TextVectorizer other) => ReferenceEquals(this, other)
        || Options == other.Options
        && _inverseDocumentFrequencies.AsSpan().SequenceEqual(other._inverseDocumentFrequencies)
        && (_vocabulary is null || Terms()!.SequenceEqual(other.Terms()!))
        && Encoder?.Fingerprint == other.Encoder?.Fingerprint;

    /// <param name="encoder">The encoder that the options name; it is the caller's to dispose.</param>
    internal static TextVectorizer Of(CorpusCounts counts, TextVectorizerOptions options, IEnumerable<string> names, ITextEncoder? encoder)
    {
        var (terms, documents) = counts.Select(names);
        var vocabulary = terms is null ? null : new Vocabulary(terms, options.Unit);
        return new TextVectorizer(options, counts.DocumentCount, vocabulary, documents, Weights(documents, counts.DocumentCount, options, isHashed: terms is null), encoder);
    }

    /// <summary>
    /// The same terms, and behind them those that documents have often enough and it lacks. What it knows keeps its weight; a new term weighs what it
    /// would among all documents.
    /// </summary>
    /// <param name="formerDocuments">Documents that it was fitted on and that are not among <paramref name="documents"/>.</param>
    /// <param name="names">Names of labels, whose terms are features, however few documents have them.</param>
    /// <exception cref="LightDxmlException">Its terms are hashed: every term has a column already.</exception>
    internal TextVectorizer With(IEnumerable<DocumentSource> documents, int formerDocuments, IEnumerable<string> names, int threads)
    {
        if (_vocabulary is null)
            throw new LightDxmlException($"The model's features are hashed (text.hashBits={Options.HashBits}), so that new terms have their columns already; leave --new-terms out.");
        var counts = CorpusCounts.Of(documents, Options, threads);
        var (terms, frequencies) = counts.Select(names);
        var known = Terms()!.ToHashSet(StringComparer.Ordinal);
        int[] added = [.. Enumerable.Range(0, terms!.Length).Where(term => !known.Contains(Encoding.UTF8.GetString(terms[term])))];
        if (added.Length == 0)
            return this;
        int[] addedFrequencies = Array.ConvertAll(added, term => frequencies[term]);
        return new TextVectorizer(
            Options, DocumentCount, new Vocabulary([.. _vocabulary.Terms, .. added.Select(term => terms[term])], Options.Unit), [.. _documents, .. addedFrequencies],
            [.. _inverseDocumentFrequencies, .. Weights(addedFrequencies, formerDocuments + counts.DocumentCount, Options, isHashed: false)], Encoder);
    }

    /// <summary>What makes rows of single texts, as many as there are processors.</summary>
    internal ObjectPool<TextRow> RowScratch { get; }

    /// <summary>Makes the rows of all documents, in their order, a piece of some megabytes of text at a time.</summary>
    /// <param name="newWorker">Makes what one thread reads of a piece beside its features.</param>
    /// <param name="take">Takes rows and what was read beside them; one call at a time.</param>
    /// <param name="bulk">How texts are encoded, where there is an encoder.</param>
    /// <returns>The rows that were left out.</returns>
    internal SkippedRows ForEachPiece<TOther>(
        DocumentSource source, int threads, Func<Func<DocumentBatch, TOther>> newWorker, Action<RowChunk, TOther> take, BulkEncoding? bulk = null)
    {
        var vectors = Encoder is null ? null : new VectorJoin(Encoder, TermCount, threads, bulk ?? new BulkEncoding());
        return source.ForEachRound(threads, NewWorker, pieces =>
        {
            foreach (var (terms, texts, other) in pieces)
                take(vectors is null ? terms : vectors.Join(terms, texts), other);
        });

        Func<DocumentBatch, (RowChunk Terms, ReadOnlyMemory<byte>[] Texts, TOther Other)> NewWorker()
        {
            var (weights, rows, other) = (NewRowWeights(), new RowCollector(withValues: true), newWorker());
            return batch =>
            {
                for (var document = 0; document < batch.Count; document++)
                    weights.Add(batch[document, DocumentField.Title], batch[document, DocumentField.Text], rows);
                return (rows.Take(), vectors is null ? [] : VectorJoin.Texts(batch), other(batch));
            };
        }
    }

    /// <summary>Makes rows of terms alone.</summary>
    internal RowWeights NewRowWeights()
    {
        ITermColumns columns = _vocabulary is null ? new HashedColumns(Options) : new VocabularyColumns(_vocabulary, Options);
        return new RowWeights(columns, _inverseDocumentFrequencies, Options.SublinearTf, Options.TitleWeight);
    }

    private sealed class TextRowPolicy(TextVectorizer vectorizer) : PooledObjectPolicy<TextRow>
    {
        public override TextRow Create() => new(vectorizer.NewRowWeights(), vectorizer.Encoder, vectorizer.TermCount);

        public override bool Return(TextRow row) => true;
    }

    private static float[] Weights(int[] documents, int documentCount, TextVectorizerOptions options, bool isHashed)
    {
        var most = options.MaxDocumentShare * documentCount;
        var weights = new float[documents.Length];
        for (var column = 0; column < weights.Length; column++)
        {
            var df = documents[column];
            if (isHashed && (df < options.MinDocuments || df > most))
                continue;

            // A label's name may have a word that no document has; it weighs as much as one of a single document.
            df = Math.Max(1, df);
            weights[column] = (float)(1 + (options.SmoothIdf ? Math.Log((1.0 + documentCount) / (1.0 + df)) : Math.Log((double)documentCount / df)));
        }

        return weights;
    }
}
