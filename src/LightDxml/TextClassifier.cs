using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.Text;
using LightDxml.TextEncoding;
using LightDxml.Training;
using Microsoft.Extensions.Logging;

namespace LightDxml;

/// <summary>
/// A model that gives texts their labels: trained on texts with labels, saved to a folder, a file or a stream, and used from as
/// many threads as there are. The same documents, options and seed give the same model on one kind of processor, bit for bit.
/// </summary>
public sealed class TextClassifier : ITextClassifier, IDisposable
{
    /// <summary>Up to this many labels a single prediction keeps on the stack.</summary>
    private const int MostOnStack = 64;

    private readonly SharedModel _shared;
    private readonly TextVectorizer _vectorizer;
    private readonly LabelRanker _ranker;
    private readonly string[] _labels;
    private readonly IReadOnlyList<string> _names;

    internal TextClassifier(StoredModel model)
    {
        _vectorizer = model.RequireVectorizer();
        _ranker = model.Ranker;
        _labels = [.. model.WrittenLabels ?? [.. Enumerable.Range(0, _ranker.LabelCount).Select(label => $"{label}")]];
        _names = model.LabelNames ?? _labels;
        _shared = new SharedModel(model);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Labels => _labels;

    /// <summary>The model, and who uses it.</summary>
    internal SharedModel Shared => _shared;

    /// <summary>Trains a classifier on texts with labels, in the caller's thread and <paramref name="threads"/> − 1 others.</summary>
    /// <typeparam name="TLabels">Any sequence of labels: an array, a list, a set.</typeparam>
    /// <param name="documents">Texts with their labels. They are read once and kept in memory until the training ends.</param>
    /// <param name="options">Settings; null takes the defaults.</param>
    /// <param name="progress">Hears how far the training is, or null.</param>
    /// <param name="logger">Hears what was chosen and measured, or null.</param>
    /// <param name="threads">Threads to use; 0 takes every processor. The model does not depend on it.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <exception cref="LightDxmlException">There is nothing to train on, or a setting is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static TextClassifier Train<TLabels>(
        IEnumerable<(string Text, TLabels Labels)> documents, TrainingOptions? options = null, IProgress<TrainingProgress>? progress = null,
        ILogger? logger = null, int threads = 0, CancellationToken cancellationToken = default)
        where TLabels : IEnumerable<string>
    {
        ArgumentNullException.ThrowIfNull(documents);
        return Train(documents.Select(document => new TextDocument("", "", document.Text, [.. document.Labels])), options, progress, logger, threads, cancellationToken);
    }

    /// <summary>Trains a classifier on documents, which may have titles.</summary>
    /// <inheritdoc cref="Train{TLabels}(IEnumerable{ValueTuple{string, TLabels}}, TrainingOptions?, IProgress{TrainingProgress}?, ILogger?, int, CancellationToken)"/>
    public static TextClassifier Train(
        IEnumerable<TextDocument> documents, TrainingOptions? options = null, IProgress<TrainingProgress>? progress = null,
        ILogger? logger = null, int threads = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        options = (options ?? new TrainingOptions()).Validate();
        using var activity = Diagnostics.Activities.StartActivity("train");
        var watch = Stopwatch.StartNew();
        var observer = new ProgressObserver(progress, logger);
        var encoder = TextEncoders.Open(options.Text);
        try
        {
            var text = TextDataset.Fit(
                documents as IReadOnlyCollection<TextDocument> ?? [.. documents], options.Text, "the training documents", threads,
                NameIndexing.Source(options.Names, options.Text, catalog: null), encoder, KeptVectors.Of(encoder, observer, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            var model = text.Complete(Trainer.Train(text.Dataset, null, options, threads, observer, NameIndexing.Of(text, options.Names), Checkpoint.None, cancellationToken));
            Diagnostics.TrainingSeconds.Record(watch.Elapsed.TotalSeconds);
            return new TextClassifier(StoredModel.Of([model]));
        }
        catch
        {
            encoder?.Dispose();
            throw;
        }
    }

    /// <summary>As <see cref="Train{TLabels}"/>, in a thread of the pool.</summary>
    /// <inheritdoc cref="Train{TLabels}(IEnumerable{ValueTuple{string, TLabels}}, TrainingOptions?, IProgress{TrainingProgress}?, ILogger?, int, CancellationToken)"/>
    public static Task<TextClassifier> TrainAsync<TLabels>(
        IEnumerable<(string Text, TLabels Labels)> documents, TrainingOptions? options = null, IProgress<TrainingProgress>? progress = null,
        ILogger? logger = null, int threads = 0, CancellationToken cancellationToken = default)
        where TLabels : IEnumerable<string> =>
        Task.Run(() => Train(documents, options, progress, logger, threads, cancellationToken), cancellationToken);

    /// <summary>
    /// Adds texts and labels to a model without training it anew: vectoriser and encoder stay, labels learn from the new texts, and labels that
    /// the model lacks are added.
    /// </summary>
    /// <typeparam name="TLabels">Any sequence of labels: an array, a list, a set.</typeparam>
    /// <param name="path">The model's folder or file, which stays as it is.</param>
    /// <param name="documents">New texts with their labels.</param>
    /// <param name="previous">The texts that the model was trained on; null where they are not at hand, which makes new labels somewhat less exact.</param>
    /// <param name="newTerms">Whether terms that the model lacks join its vocabulary, as <c>text.minDocuments</c> says. Known terms keep their weights.</param>
    /// <param name="logger">Hears what was renewed and what was kept, or null.</param>
    /// <param name="threads">Threads to use; 0 takes every processor. The model does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="LightDxmlException">There is no model of raw text, it does not hold what an update needs, or no document has a label.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static TextClassifier Update<TLabels>(
        string path, IEnumerable<(string Text, TLabels Labels)> documents, IEnumerable<(string Text, TLabels Labels)>? previous = null, bool newTerms = false,
        ILogger? logger = null, int threads = 0, CancellationToken cancellationToken = default)
        where TLabels : IEnumerable<string>
    {
        ArgumentNullException.ThrowIfNull(documents);
        return Update(path, Of(documents), previous is null ? null : Of(previous), newTerms, logger, threads, cancellationToken);

        static IEnumerable<TextDocument> Of(IEnumerable<(string Text, TLabels Labels)> texts) => texts.Select(text => new TextDocument("", "", text.Text, [.. text.Labels]));
    }

    /// <summary>Adds documents, which may have titles, to a model.</summary>
    /// <inheritdoc cref="Update{TLabels}(string, IEnumerable{ValueTuple{string, TLabels}}, IEnumerable{ValueTuple{string, TLabels}}?, bool, ILogger?, int, CancellationToken)"/>
    public static TextClassifier Update(
        string path, IEnumerable<TextDocument> documents, IEnumerable<TextDocument>? previous = null, bool newTerms = false,
        ILogger? logger = null, int threads = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var members = ModelStore.Load(path);
        try
        {
            var observer = new ProgressObserver(null, logger);
            var sets = TextUpdate.Sets(members[0], path, [.. documents], previous is null ? null : [.. previous], newTerms, threads, observer, cancellationToken);
            return new TextClassifier(StoredModel.Of([.. members.Select(member => ModelUpdate.Apply(member, sets, threads, observer, cancellationToken))]));
        }
        catch
        {
            members[0].Dispose();
            throw;
        }
    }

    /// <summary>Opens a model: a folder, or one file.</summary>
    /// <param name="path">The folder or file. It must not be changed in place while it is open; a save replaces it as a whole.</param>
    /// <exception cref="LightDxmlException">There is no model, it is damaged, of a later version, or was not trained on text.</exception>
    public static TextClassifier Load(string path) => Of(ModelStore.Open(path));

    /// <summary>Opens a model in one file, read from the stream's position to its end.</summary>
    /// <inheritdoc cref="Load(string)"/>
    public static TextClassifier Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Of(ModelStore.Open(stream));
    }

    /// <summary>Saves the model: as one file where the path ends in <c>.ldx</c>, else as a folder. What is there is replaced as a whole if it is a model.</summary>
    /// <exception cref="LightDxmlException">Something is there that is not a model, or it cannot be written.</exception>
    public void Save(string path) => _shared.Use(model => ModelStore.Save(model.Members, path));

    /// <summary>Writes the model as one file, from the stream's position on.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _shared.Use(model => ModelArchive.Write(model.Members, stream));
    }

    /// <inheritdoc/>
    public IReadOnlyList<LabelScore> Predict(string text, int top = 5, float minProbability = 0)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        if (!(minProbability is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(minProbability), minProbability, "A probability is in 0..1.");
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));

        // With a tail weight improbable labels may come first, and be taken off: those behind them take their places.
        var ranks = Math.Min(minProbability > 0 && _ranker.TailFactors.Length > 0 ? Math.Max(top, Decisions.Ranks) : top, _labels.Length);
        var labels = ArrayPool<LabelScore>.Shared.Rent(ranks);
        try
        {
            var length = Encoding.UTF8.GetBytes(text, utf8);
            var count = Predict(utf8.AsSpan(0, length), labels.AsSpan(0, ranks), out var isKnown);

            // What is ranked for other texts are the most frequent labels, which say nothing of them.
            if (!isKnown && minProbability > 0)
                return [];
            var kept = 0;
            foreach (var label in labels.AsSpan(0, count))
            {
                if (kept < top && !(label.Probability < minProbability))
                    labels[kept++] = label;
            }

            return labels.AsSpan(0, kept).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
            ArrayPool<LabelScore>.Shared.Return(labels, clearArray: true);
        }
    }

    /// <inheritdoc/>
    public int Predict(ReadOnlySpan<byte> utf8Text, Span<LabelScore> labels) => Predict(utf8Text, labels, out _);

    /// <param name="isKnown">Whether the model knows anything of the text.</param>
    [SkipLocalsInit]
    private int Predict(ReadOnlySpan<byte> utf8Text, Span<LabelScore> labels, out bool isKnown)
    {
        isKnown = false;
        if (labels.IsEmpty)
            return 0;
        var start = Diagnostics.Start();
        var top = Math.Min(labels.Length, _labels.Length);
        int[]? rentedRows = null;
        float[]? rentedScores = null;
        Span<int> rows = top <= MostOnStack ? stackalloc int[MostOnStack] : rentedRows = ArrayPool<int>.Shared.Rent(top);
        Span<float> scores = top <= MostOnStack ? stackalloc float[MostOnStack] : rentedScores = ArrayPool<float>.Shared.Rent(top);
        rows = rows[..top];
        scores = scores[..top];
        _shared.Enter();
        try
        {
            var scratch = _vectorizer.RowScratch.Get();
            var (columns, values) = scratch.Row(default, utf8Text);
            isKnown = columns.Length > 0;
            _ranker.Predict(columns, values, rows, scores);
            _vectorizer.RowScratch.Return(scratch);
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

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<LabelScore>> PredictMany(
        IEnumerable<string> texts, int top = 5, int threads = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        return Batches();

        IEnumerable<IReadOnlyList<LabelScore>> Batches()
        {
            foreach (var chunk in texts.Chunk(CandidateFinder.DefaultChunk))
            {
                foreach (var labels in PredictChunk(chunk, top, threads, cancellationToken))
                    yield return labels;
            }
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<LabelScore>> PredictAsync(IAsyncEnumerable<string> texts, int top = 5, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return ArrivingTexts.PredictAsync(this, texts, top, cancellationToken);
    }

    /// <summary>
    /// The terms of a text that speak most for each of its predicted labels: a term's weight is what the label's log odds,
    /// ln(p / (1 − p)) of its probability before calibration, lose when the text lacks it.
    /// </summary>
    /// <param name="text">The text that was predicted.</param>
    /// <param name="labels">Predictions of it; labels that the model does not have get no terms.</param>
    /// <param name="terms">Most terms per label.</param>
    /// <returns>One list per label.</returns>
    public IReadOnlyList<IReadOnlyList<TermWeight>> Explain(string text, IReadOnlyList<LabelScore> labels, int terms = 5)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(terms);
        ScoredLabel[] scored = [.. labels.Select(label => new ScoredLabel(Array.IndexOf(_labels, label.Label), label.Label, label.Name, label.Probability))];
        return _shared.Use(model => new TextPredictor(model).Explain(new TextDocument("", "", text, []), scored, terms));
    }

    /// <summary>Closes the model; predictions that are under way end first.</summary>
    public void Dispose() => _shared.Dispose();

    private static TextClassifier Of(StoredModel model)
    {
        try
        {
            return new TextClassifier(model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private LabelScore[][] PredictChunk(string[] texts, int top, int threads, CancellationToken cancellation) => _shared.Use(_ =>
    {
        using var activity = Diagnostics.Activities.StartActivity("predict");
        var rows = _vectorizer.Transform(texts.Select(text => new TextDocument("", "", text ?? throw new ArgumentNullException(nameof(texts)), [])), threads);
        var predictions = _ranker.Predict(rows, top, threads, cancellation);
        Diagnostics.Documents.Add(texts.Length);
        var labels = new LabelScore[texts.Length][];
        var buffer = new LabelScore[predictions.Width];
        for (var text = 0; text < labels.Length; text++)
            labels[text] = buffer[..Name(predictions.Labels(text), predictions.Scores(text), buffer)];
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
            var probability = tailFactors.Length == 0 ? scores[place] : scores[place] / tailFactors[row];
            labels[place] = new LabelScore(_labels[row], _names[row], probability);
        }

        return rows.Length;
    }
}
