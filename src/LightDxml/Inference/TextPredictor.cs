using System.Text;
using LightDxml.Data;
using LightDxml.Data.Parsing;
using LightDxml.Models;
using LightDxml.Text;
using LightDxml.Text.Reading;
using LightDxml.Text.Terms;

namespace LightDxml.Inference;

/// <summary>
/// Predicts the labels of raw text with a model that was trained on raw text, or with an ensemble of such models. Safe to use
/// from many threads.
/// </summary>
internal sealed class TextPredictor
{
    /// <summary>Documents that are vectorised and predicted together; bounds the memory of a long stream.</summary>
    private const int ChunkDocuments = 2048;

    /// <summary>Terms of less than this share of the heaviest term's weight explain nothing.</summary>
    private const float LeastShare = 0.1f;

    private readonly LabelRanker _predictor;
    private readonly StoredModel _model;
    private readonly TextVectorizer _vectorizer;
    private readonly int _threads;

    /// <param name="model">Stays the caller's to dispose.</param>
    /// <param name="threads">Threads for many documents; 0 takes every processor.</param>
    /// <exception cref="LightDxmlException">The model was not trained on raw text.</exception>
    public TextPredictor(StoredModel model, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _vectorizer = model.RequireVectorizer();
        _predictor = model.Ranker;
        _threads = threads;
    }

    public int LabelCount => _predictor.LabelCount;

    /// <summary>Which of the ranked labels documents are given; all of them where it is null.</summary>
    public Decisions? Decisions { get; init; }

    /// <summary>The best labels of one document, in the caller's thread: the same bits as among many, and in less time than as a batch of one.</summary>
    public PredictedText Predict(TextDocument document, int top)
    {
        ArgumentNullException.ThrowIfNull(document);
        var predictions = new RankedLabels(1, LabelCount, Math.Min(Decisions?.RanksFor(top) ?? top, Math.Max(1, LabelCount)));
        var scratch = _vectorizer.RowScratch.Get();
        var (columns, values) = scratch.Row(Encoding.UTF8.GetBytes(document.Title), Encoding.UTF8.GetBytes(document.Text));
        var isKnown = columns.Length > 0;
        _predictor.Predict(columns, values, predictions.Labels(0), predictions.Scores(0));
        _vectorizer.RowScratch.Return(scratch);
        Decisions?.Apply(predictions, [isKnown], top);
        return new PredictedText(document, _model.Named(predictions, 0, top), isKnown);
    }

    /// <summary>The best labels of one text, best first.</summary>
    public IReadOnlyList<ScoredLabel> Predict(string text, int top) => Predict(new TextDocument("", "", text, []), top).Labels;

    /// <summary>The best labels of documents, in their order; memory is that of some thousands of them.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IEnumerable<PredictedText> PredictMany(IEnumerable<TextDocument> documents, int top, CancellationToken cancellation = default)
    {
        foreach (var chunk in documents.Chunk(ChunkDocuments))
        {
            foreach (var predicted in Predict(chunk, _vectorizer.Transform(chunk, _threads), top, cancellation))
                yield return predicted;
        }
    }

    /// <summary>
    /// The best labels of a file's documents, in their order: threads read and vectorise pieces of the file; memory is that of some
    /// dozens of pieces of a few megabytes.
    /// </summary>
    /// <param name="withText">Whether documents come with title and text, or with their ids alone.</param>
    /// <param name="take">Takes each document.</param>
    /// <returns>The rows that were left out.</returns>
    /// <exception cref="LightDxmlException">The file is missing, cannot be read, or its form cannot be told.</exception>
    /// <exception cref="DataFormatException">The first row that cannot be read, unless bad rows are skipped.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SkippedRows PredictFile(string path, TextReadOptions options, int top, bool withText, Action<PredictedText> take, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(take);
        return _vectorizer.ForEachPiece<TextDocument[]>(DocumentSource.OfFile(path, options), _threads, () => Documents, (features, documents) =>
        {
            var rows = MatrixAssembly.Join([features], _vectorizer.FeatureCount, SparseMatrix.MaxBlockNonZeros, threads: 1);
            foreach (var predicted in Predict(documents, rows, top, cancellation))
                take(predicted);
        });

        TextDocument[] Documents(DocumentBatch batch)
        {
            cancellation.ThrowIfCancellationRequested();
            return [.. Enumerable.Range(0, batch.Count).Select(i => withText ? batch.Document(i) : new TextDocument(batch.Id(i), "", "", []))];
        }
    }

    private IEnumerable<PredictedText> Predict(TextDocument[] documents, SparseMatrix rows, int top, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var predictions = _predictor.Predict(rows, Decisions?.RanksFor(top) ?? top, _threads, cancellation);
        var isKnown = rows.NonEmptyRows();
        Decisions?.Apply(predictions, isKnown, top);
        for (var i = 0; i < documents.Length; i++)
            yield return new PredictedText(documents[i], _model.Named(predictions, i, top), isKnown[i]);
    }

    /// <summary>
    /// The terms of a document that speak most for each of its predicted labels: a term's weight is what the label's log odds
    /// lose when the document lacks it. True of every kind of model, since it only predicts. Where there is a text encoder, the vector of
    /// the whole text stays when a term is left out, and counts as a term of its own, <c>[minilm]</c>.
    /// </summary>
    /// <remarks>Of documents of some thousand terms only those are looked at that could matter (<see cref="LeaveOneOut"/>).</remarks>
    /// <param name="terms">Terms a label at most; those that do not speak for it are left out.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<IReadOnlyList<TermWeight>> Explain(TextDocument document, IReadOnlyList<ScoredLabel> labels, int terms, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(labels);
        var full = _vectorizer.Transform([document], threads: 1);
        var parts = new RowParts(full, _vectorizer.TermCount);
        var row = parts.Terms;
        int[] rows = [.. labels.Select(label => label.Row)];
        var groups = _vectorizer.TermGroups(document, row.RowColumns(0));
        int[][] places = [.. groups.Select(group => PlacesOf(group, row))];
        var left = LeaveOneOut.Candidates(row, places, rows, _model.Members is [{ Sparse: { } sparse }, ..] ? sparse.Weights : null);
        var whole = LeaveOneOut.Whole(_predictor, full, rows, _threads, cancellation);
        var losses = LeaveOneOut.Losses(_predictor, whole, row, [.. left.Select(group => places[group])], rows, parts.Join, _threads, cancellation);
        var names = left.Select(group => groups[group].Term).ToList();
        var withoutVector = parts.HasVector ? LeaveOneOut.Without(_predictor, row, rows, _threads, cancellation) : null;
        var explained = new IReadOnlyList<TermWeight>[labels.Count];
        for (var label = 0; label < labels.Count; label++)
        {
            var weights = names.Select((name, term) => new TermWeight(name, losses[term, label]))
                .Concat(withoutVector is null ? [] : [new TermWeight($"[{_vectorizer.Encoder!.Name}]", whole[label] - withoutVector[0, label])])
                .OrderByDescending(term => term.Weight).ThenBy(term => term.Term, StringComparer.Ordinal)
                .Take(terms).ToList();
            explained[label] = [.. weights.Where(term => term.Weight > 0 && term.Weight >= LeastShare * weights[0].Weight)];
        }

        return explained;
    }

    private static int[] PlacesOf(TermGroup group, SparseMatrix row)
    {
        int[] places = [.. group.Columns.Select(column => row.RowColumns(0).BinarySearch(column))];
        Array.Sort(places);
        return places;
    }
}
