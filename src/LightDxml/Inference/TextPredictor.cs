using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Text;

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

    /// <summary>The best labels of one text, best first.</summary>
    public IReadOnlyList<ScoredLabel> Predict(string text, int top) =>
        PredictMany([new TextDocument("", "", text, [])], top).Single().Labels;

    /// <summary>The best labels of documents, in their order; memory is that of some thousands of them.</summary>
    public IEnumerable<(TextDocument Document, IReadOnlyList<ScoredLabel> Labels)> PredictMany(IEnumerable<TextDocument> documents, int top)
    {
        foreach (var chunk in documents.Chunk(ChunkDocuments))
        {
            var predictions = _predictor.Predict(_vectorizer.Transform(chunk, _threads), top);
            for (var i = 0; i < chunk.Length; i++)
                yield return (chunk[i], Named(predictions, i));
        }
    }

    /// <summary>
    /// The terms of a document that speak most for each of its predicted labels: a term's weight is what the label's score
    /// loses when the document lacks it. True of every kind of model, since it only predicts.
    /// </summary>
    /// <param name="terms">Terms a label at most; those that do not speak for it are left out.</param>
    public IReadOnlyList<IReadOnlyList<TermWeight>> Explain(TextDocument document, IReadOnlyList<ScoredLabel> labels, int terms)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(labels);
        var row = _vectorizer.Transform([document], threads: 1);
        var scores = ScoresWithoutEachTerm(row, labels);
        var explained = new IReadOnlyList<TermWeight>[labels.Count];
        for (var label = 0; label < labels.Count; label++)
        {
            var weights = Enumerable.Range(0, row.RowLength(0))
                .Select(term => new TermWeight(NameOf(row.RowColumns(0)[term]), labels[label].Score - scores[term, label]))
                .OrderByDescending(term => term.Weight).ThenBy(term => term.Term, StringComparer.Ordinal)
                .Take(terms).ToList();
            explained[label] = [.. weights.Where(term => term.Weight > 0 && term.Weight >= LeastShare * weights[0].Weight)];
        }

        return explained;
    }

    /// <returns>[terms, labels]. A label that is no longer ranked has at most the last score that is.</returns>
    private float[,] ScoresWithoutEachTerm(SparseMatrix row, IReadOnlyList<ScoredLabel> labels)
    {
        var predictions = _predictor.Predict(LeaveOneOut(row), Math.Max(100, 4 * labels.Count));
        var scores = new float[predictions.PointCount, labels.Count];
        for (var term = 0; term < predictions.PointCount; term++)
        {
            var ranked = predictions.Labels(term);
            var filled = ranked.IndexOf(-1) is >= 0 and var end ? end : ranked.Length;
            for (var label = 0; label < labels.Count; label++)
            {
                var place = ranked[..filled].IndexOf(labels[label].Row);
                scores[term, label] = place >= 0 ? predictions.Scores(term)[place] : filled > 0 ? Math.Min(labels[label].Score, predictions.Scores(term)[filled - 1]) : 0;
            }
        }

        return scores;
    }

    /// <summary>Row i is the given row without its i-th entry, scaled to unit length again.</summary>
    private static SparseMatrix LeaveOneOut(SparseMatrix row)
    {
        var (columns, values) = (row.RowColumns(0).ToArray(), row.RowValues(0).ToArray());
        var count = columns.Length;
        var offsets = new long[count + 1];
        var (leftColumns, leftValues) = (new List<int>(), new List<float>());
        for (var left = 0; left < count; left++)
        {
            for (var i = 0; i < count; i++)
            {
                if (i == left)
                    continue;
                leftColumns.Add(columns[i]);
                leftValues.Add(values[i]);
            }

            offsets[left + 1] = leftColumns.Count;
        }

        var matrix = new SparseMatrix(count, row.ColumnCount, offsets, [.. leftColumns], [.. leftValues]);
        return UnitRows.Of(matrix);
    }

    private ScoredLabel[] Named(RankedLabels predictions, int point)
    {
        var rows = predictions.Labels(point);
        var scores = predictions.Scores(point);
        var labels = new List<ScoredLabel>();
        for (var place = 0; place < rows.Length && rows[place] >= 0; place++)
            labels.Add(new ScoredLabel(rows[place], IdOf(rows[place]), _model.LabelNames?[rows[place]] ?? IdOf(rows[place]), scores[place]));
        return [.. labels];
    }

    private string IdOf(int row) => (_model.LabelIds ?? _model.LabelNames)?[row] ?? row.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string NameOf(int column) => _vectorizer.TermOf(column) ?? $"#{column}";
}
