using LightDxml.Data;
using LightDxml.Data.Parsing;
using LightDxml.Text.Reading;
using LightDxml.Text.Terms;
using Microsoft.Extensions.ObjectPool;

namespace LightDxml.Text;

/// <summary>
/// Turns text into rows of TF-IDF weights, the same rows in training and afterwards. A row's weights are
/// tf · idf, scaled to unit length, with tf = 1 + ln(count) and idf = 1 + ln((1 + N) / (1 + df)) by default; N and df
/// (the documents of a term) are those of the corpus that the vectoriser was fitted on. Immutable, safe for many threads.
/// </summary>
public sealed partial class TextVectorizer
{
    private readonly Vocabulary? _vocabulary;
    private readonly int[] _documents;
    private readonly float[] _inverseDocumentFrequencies;

    private TextVectorizer(TextVectorizerOptions options, int documentCount, Vocabulary? vocabulary, int[] documents, float[] inverseDocumentFrequencies)
    {
        Options = options;
        DocumentCount = documentCount;
        _vocabulary = vocabulary;
        _documents = documents;
        _inverseDocumentFrequencies = inverseDocumentFrequencies;
        RowScratch = new DefaultObjectPool<RowWeights>(new RowWeightsPolicy(this), ScratchPools.Retained);
    }

    /// <summary>How text becomes features.</summary>
    public TextVectorizerOptions Options { get; }

    /// <summary>Documents of the corpus that it was fitted on.</summary>
    public int DocumentCount { get; }

    /// <summary>Number of features: terms of the vocabulary.</summary>
    public int FeatureCount => _inverseDocumentFrequencies.Length;

    /// <summary>[features] 0 for a hashed column of no training document, or of too few.</summary>
    public ReadOnlySpan<float> InverseDocumentFrequencies => _inverseDocumentFrequencies;

    /// <summary>[features] documents of the corpus that have the term.</summary>
    public ReadOnlySpan<int> DocumentFrequencies => _documents;

    /// <summary>Learns the terms of documents and their frequencies, in one pass.</summary>
    /// <param name="threads">0 takes every processor. The result does not depend on it.</param>
    /// <exception cref="Configuration.OptionsException">An option is out of its range.</exception>
    public static TextVectorizer Fit(IEnumerable<TextDocument> documents, TextVectorizerOptions options, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(options);
        return Of(CorpusCounts.Of(DocumentSource.OfList(documents), options.Validate(), threads), options, []);
    }

    /// <summary>The rows of documents, [documents, features].</summary>
    /// <param name="threads">0 takes every processor. The result does not depend on it.</param>
    public SparseMatrix Transform(IEnumerable<TextDocument> documents, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var chunks = new List<RowChunk>();
        DocumentSource.OfList(documents).ForEachRound<RowChunk>(threads, NewBatchWorker, chunks.AddRange);
        return MatrixAssembly.Join(chunks, FeatureCount, ReadLimits.Default.MaxBlockNonZeros, threads);
    }

    /// <summary>The row of one text, columns ascending.</summary>
    public (int[] Columns, float[] Values) Transform(string text)
    {
        var weights = RowScratch.Get();
        var (columns, values) = weights.Row(default, System.Text.Encoding.UTF8.GetBytes(text));
        (int[] Columns, float[] Values) row = (columns.ToArray(), values.ToArray());
        RowScratch.Return(weights);
        return row;
    }

    /// <summary>The term of a column; hashed columns have none.</summary>
    public string? TermOf(int column) => _vocabulary?.Name(column);

    /// <summary>The names of all features, or null where they are hashed.</summary>
    public IReadOnlyList<string>? Terms() => _vocabulary is null ? null : [.. Enumerable.Range(0, FeatureCount).Select(_vocabulary.Name)];

    /// <summary>Whether another vectoriser gives every text the same row, bit for bit.</summary>
    internal bool IsSameAs(TextVectorizer other) => ReferenceEquals(this, other)
        || Options == other.Options
        && _inverseDocumentFrequencies.AsSpan().SequenceEqual(other._inverseDocumentFrequencies)
        && (_vocabulary is null || Terms()!.SequenceEqual(other.Terms()!));

    internal static TextVectorizer Of(CorpusCounts counts, TextVectorizerOptions options, IEnumerable<string> names)
    {
        var (terms, documents) = counts.Select(names);
        var vocabulary = terms is null ? null : new Vocabulary(terms, options.Unit);
        return new TextVectorizer(options, counts.DocumentCount, vocabulary, documents, Weights(documents, counts.DocumentCount, options, isHashed: terms is null));
    }

    /// <summary>What makes rows of single texts, as many as there are processors.</summary>
    internal ObjectPool<RowWeights> RowScratch { get; }

    /// <summary>What one thread makes rows of batches of documents with.</summary>
    internal Func<DocumentBatch, RowChunk> NewBatchWorker()
    {
        var weights = NewRowWeights();
        var rows = new RowCollector(withValues: true);
        return batch =>
        {
            for (var document = 0; document < batch.Count; document++)
                weights.Add(batch[document, DocumentField.Title], batch[document, DocumentField.Text], rows);
            return rows.Take();
        };
    }

    internal RowWeights NewRowWeights()
    {
        ITermColumns columns = _vocabulary is null ? new HashedColumns(Options) : new VocabularyColumns(_vocabulary, Options);
        return new RowWeights(columns, _inverseDocumentFrequencies, Options.SublinearTf);
    }

    private sealed class RowWeightsPolicy(TextVectorizer vectorizer) : PooledObjectPolicy<RowWeights>
    {
        public override RowWeights Create() => vectorizer.NewRowWeights();

        public override bool Return(RowWeights weights) => true;
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
