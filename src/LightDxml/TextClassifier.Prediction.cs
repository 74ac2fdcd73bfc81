using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using LightDxml.Inference;
using LightDxml.Metrics;
using LightDxml.Text;
using LightDxml.TextEncoding;

namespace LightDxml;

/// <summary>What a classifier says of texts.</summary>
public sealed partial class TextClassifier
{
    /// <summary>Up to this many labels a single prediction keeps on the stack.</summary>
    private const int MostOnStack = 64;

    /// <inheritdoc/>
    public IReadOnlyList<LabelScore> Predict(string text, int top = 5, float minProbability = 0) => Predict(text, top, AtLeast(minProbability));

    /// <inheritdoc/>
    public int Predict(ReadOnlySpan<byte> utf8Text, Span<LabelScore> labels) => Predict(utf8Text, labels, decisions: null, labels.Length);

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<LabelScore>> PredictMany(
        IEnumerable<string> texts, int top = 5, int threads = 0, float minProbability = 0, CancellationToken cancellationToken = default) =>
        PredictMany(texts, top, AtLeast(minProbability), threads, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<LabelScore>> PredictAsync(
        IAsyncEnumerable<string> texts, int top = 5, float minProbability = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return ArrivingTexts.PredictAsync(this, texts, top, minProbability, cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<LabelScore> Assign(string text, string threshold = Decisions.Auto, int top = Decisions.Ranks) =>
        Predict(text, top, Decisions.Of(threshold, _shared.Model));

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<LabelScore>> AssignMany(
        IEnumerable<string> texts, string threshold = Decisions.Auto, int top = Decisions.Ranks, int threads = 0, CancellationToken cancellationToken = default) =>
        PredictMany(texts, top, Decisions.Of(threshold, _shared.Model), threads, cancellationToken);

    /// <summary>
    /// Compares the ranked labels of documents with those that they have: the figures of <c>lightdxml evaluate</c>. Labels that the model does not
    /// know count as labels that were not found; propensities are those of the training documents.
    /// </summary>
    /// <param name="documents">Documents with their labels, of which the training had none. They are kept in memory.</param>
    /// <param name="options">What to compute, on how many threads; null takes the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="documents"/> is null.</exception>
    /// <exception cref="Configuration.OptionsException">An option is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public EvaluationReport Evaluate(IEnumerable<TextDocument> documents, EvaluationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var evaluation = (options ?? new EvaluationOptions()).Validate();
        return _shared.Use(model =>
        {
            var (first, known) = (model.Members[0], TextDocuments.InMemory(documents, nameof(documents), cancellationToken));
            var test = TextDataset.Read(
                known, "the test set", _vectorizer, first.LabelsWith(known), evaluation.Threads, KeptVectors.Of(_vectorizer.Encoder, cancellation: cancellationToken));
            if (test.Labels.NonZeroCount == 0)
                throw new LightDxmlException("No document to evaluate has a label.");
            var ranks = evaluation.ScoreThreshold is null ? evaluation.Ks[^1] : Math.Max(evaluation.Ks[^1], Decisions.Ranks);
            var predictions = _ranker.Predict(test.Features, ranks, evaluation.Threads, cancellationToken);
            double[]? inverse = null;
            if (first.LabelFrequencies is { } frequencies)
            {
                Array.Resize(ref frequencies, test.LabelCount);
                inverse = Propensities.Inverse(frequencies, first.Inference.TrainingDocuments, new PropensityOptions());
            }

            return Evaluator.Evaluate(predictions, test.Labels, evaluation, inverse);
        });
    }

    /// <summary>
    /// The terms of a text that speak most for each of its predicted labels: a term's weight is what the label's log odds,
    /// ln(p / (1 − p)) of its probability before calibration, lose when the text lacks it.
    /// </summary>
    /// <param name="text">The text that was predicted.</param>
    /// <param name="labels">Predictions of it; labels that the model does not have get no terms.</param>
    /// <param name="terms">Most terms per label, at least 1.</param>
    /// <returns>One list per label.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> or <paramref name="labels"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="terms"/> is not positive.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public IReadOnlyList<IReadOnlyList<TermWeight>> Explain(string text, IReadOnlyList<LabelScore> labels, int terms = 5)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(terms);
        ScoredLabel[] scored = [.. labels.Select(label => new ScoredLabel(Array.IndexOf(_labels, label.Label), label.Label, label.Name, label.Probability))];
        return _shared.Use(model => new TextPredictor(model).Explain(new TextDocument("", "", text, []), scored, terms));
    }

    private Decisions? AtLeast(float minProbability) => minProbability is >= 0 and <= 1
        ? minProbability > 0 ? new Decisions(minProbability, perLabel: null, _ranker.TailFactors) : null
        : throw new ArgumentOutOfRangeException(nameof(minProbability), minProbability, "A probability is in 0..1.");

    /// <param name="decisions">Which of the ranked labels are given; null gives all.</param>
    private LabelScore[] Predict(string text, int top, Decisions? decisions)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var ranks = Math.Min(decisions?.RanksFor(top) ?? top, _labels.Length);
        var labels = ArrayPool<LabelScore>.Shared.Rent(ranks);
        try
        {
            var length = Encoding.UTF8.GetBytes(text, utf8);
            var count = Predict(utf8.AsSpan(0, length), labels.AsSpan(0, ranks), decisions, top);
            return labels.AsSpan(0, Math.Min(count, top)).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
            ArrayPool<LabelScore>.Shared.Return(labels, clearArray: true);
        }
    }

    [SkipLocalsInit]
    private int Predict(ReadOnlySpan<byte> utf8Text, Span<LabelScore> labels, Decisions? decisions, int top)
    {
        if (labels.IsEmpty)
            return 0;
        var start = Diagnostics.Start();
        var ranks = Math.Min(labels.Length, _labels.Length);
        int[]? rentedRows = null;
        float[]? rentedScores = null;
        Span<int> rows = ranks <= MostOnStack ? stackalloc int[MostOnStack] : rentedRows = ArrayPool<int>.Shared.Rent(ranks);
        Span<float> scores = ranks <= MostOnStack ? stackalloc float[MostOnStack] : rentedScores = ArrayPool<float>.Shared.Rent(ranks);
        rows = rows[..ranks];
        scores = scores[..ranks];
        _shared.Enter();
        try
        {
            var scratch = _vectorizer.RowScratch.Get();
            var (columns, values) = scratch.Row(default, utf8Text);
            var isKnown = columns.Length > 0;
            _ranker.Predict(columns, values, rows, scores);
            _vectorizer.RowScratch.Return(scratch);
            decisions?.Apply(rows, scores, isKnown, top);
            return Name(rows, scores, labels);
        }
        finally
        {
            _shared.Exit();
            if (rentedRows is not null)
                ArrayPool<int>.Shared.Return(rentedRows);
            if (rentedScores is not null)
                ArrayPool<float>.Shared.Return(rentedScores);
            Diagnostics.PredictedOne(start);
        }
    }

    private IEnumerable<LabelScore[]> PredictMany(IEnumerable<string> texts, int top, Decisions? decisions, int threads, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        return texts.Chunk(CandidateFinder.DefaultChunk).SelectMany(chunk => PredictChunk(chunk, top, decisions, threads, cancellation));
    }

    private LabelScore[][] PredictChunk(string[] texts, int top, Decisions? decisions, int threads, CancellationToken cancellation) => _shared.Use(_ =>
    {
        using var activity = Diagnostics.Activities.StartActivity("predict");
        var rows = _vectorizer.Transform(texts.Select(text => new TextDocument("", "", text ?? throw new ArgumentNullException(nameof(texts)), [])), threads);
        var predictions = _ranker.Predict(rows, decisions?.RanksFor(top) ?? top, threads, cancellation);
        decisions?.Apply(predictions, rows.NonEmptyRows(), top);
        Diagnostics.Documents.Add(texts.Length);
        var labels = new LabelScore[texts.Length][];
        var buffer = new LabelScore[Math.Min(top, predictions.Width)];
        for (var text = 0; text < labels.Length; text++)
            labels[text] = buffer[..Name(predictions.Labels(text)[..buffer.Length], predictions.Scores(text), buffer)];
        return labels;
    });

    /// <returns>Labels written: there is none from the first row that is −1 on.</returns>
    private int Name(ReadOnlySpan<int> rows, ReadOnlySpan<float> scores, Span<LabelScore> labels)
    {
        var tailFactors = _ranker.TailFactors;
        for (var place = 0; place < rows.Length; place++)
        {
            var row = rows[place];
            if (row < 0)
                return place;
            var probability = tailFactors is null ? scores[place] : scores[place] / tailFactors[row];
            labels[place] = new LabelScore(_labels[row], _names[row], probability);
        }

        return rows.Length;
    }
}
