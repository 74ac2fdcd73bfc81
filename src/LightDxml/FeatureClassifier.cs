using System.Diagnostics;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.Training;
using Microsoft.Extensions.Logging;

namespace LightDxml;

/// <summary>
/// A model that gives rows of features their labels, for data whose features were made elsewhere: trained on a
/// <see cref="Dataset"/>, saved to a folder, a file or a stream, and used from as many threads as there are.
/// </summary>
public sealed class FeatureClassifier : IDisposable
{
    private readonly SharedModel _shared;

    internal FeatureClassifier(StoredModel model)
    {
        (FeatureCount, LabelCount) = (model.Ranker.FeatureCount, model.Ranker.LabelCount);
        FeatureNames = ReadOnlyList.Of(model.FeatureNames);
        LabelNames = ReadOnlyList.Of(model.LabelNames);
        _shared = new SharedModel(model);
    }

    /// <summary>Features that the model knows; columns are below it.</summary>
    public int FeatureCount { get; }

    /// <summary>Labels that the model knows; label rows are below it.</summary>
    public int LabelCount { get; }

    /// <summary>One name per feature, where the training set had names; else null. <see cref="Dataset.AlignedTo"/> brings other sets in their order.</summary>
    public IReadOnlyList<string>? FeatureNames { get; }

    /// <summary>One name per label row, where the training set had names; else null.</summary>
    public IReadOnlyList<string>? LabelNames { get; }

    /// <summary>Trains a classifier.</summary>
    /// <param name="train">Rows of features and of labels.</param>
    /// <param name="validation">Documents that epochs and head are chosen by; null holds out a share of the training documents. Never the test set.</param>
    /// <param name="options">Settings; null takes the defaults.</param>
    /// <param name="progress">Hears how far the training is, or null.</param>
    /// <param name="logger">Hears what was chosen and measured, or null.</param>
    /// <param name="threads">Threads to use; 0 takes every processor. The model does not depend on it.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <exception cref="ArgumentNullException"><paramref name="train"/> is null.</exception>
    /// <exception cref="Configuration.OptionsException">A setting is out of its range.</exception>
    /// <exception cref="LightDxmlException">There is nothing to train on, the sets do not have the same columns or name them in another order, or the program lacks the package of an engine or a label index that a setting names.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static FeatureClassifier Train(
        Dataset train, Dataset? validation = null, TrainingOptions? options = null, IProgress<TrainingProgress>? progress = null,
        ILogger? logger = null, int threads = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        using var activity = Diagnostics.Activities.StartActivity("train");
        var watch = Stopwatch.StartNew();
        var model = Trainer.Train(train, validation, options ?? new TrainingOptions(), threads, new ProgressObserver(progress, logger), cancellationToken);
        Diagnostics.TrainingSeconds.Record(watch.Elapsed.TotalSeconds);
        return new FeatureClassifier(StoredModel.Of([model with { FeatureNames = train.FeatureNames }]));
    }

    /// <summary>
    /// Adds rows and labels to a model without training it anew: the encoder stays, labels learn from the new rows, and labels that the model
    /// lacks are added.
    /// </summary>
    /// <param name="path">The model's folder or file, which stays as it is.</param>
    /// <param name="documents">New rows of features and labels; label columns are those of the model, and new ones behind them.</param>
    /// <param name="previous">The rows that the model was trained on; null where they are not at hand, which makes new labels somewhat less exact.</param>
    /// <param name="logger">Hears what was renewed and what was kept, or null.</param>
    /// <param name="threads">Threads to use; 0 takes every processor. The model does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="documents"/> is null.</exception>
    /// <exception cref="LightDxmlException">There is no model, it does not hold what an update needs, no row has a label, rows have features that it does not know, or features and labels have other names than its own.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static FeatureClassifier Update(
        string path, Dataset documents, Dataset? previous = null, ILogger? logger = null, int threads = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var members = ModelStore.Load(path);
        try
        {
            var sets = FeatureUpdate.Sets(members[0], path, documents, previous);
            return new FeatureClassifier(StoredModel.Of(
                [.. members.Select(member => ModelUpdate.Apply(member, sets, threads, new ProgressObserver(null, logger), cancellationToken))]));
        }
        catch
        {
            members[0].Dispose();
            throw;
        }
    }

    /// <summary>Opens a model: a folder, or one file.</summary>
    /// <param name="path">The folder or file. It must not be changed in place while it is open; a save replaces it as a whole.</param>
    /// <exception cref="LightDxmlException">There is no model, it is damaged, or of a later version.</exception>
    public static FeatureClassifier Load(string path) => new(ModelStore.Open(path));

    /// <summary>Opens a model in one file, read from the stream's position to its end.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <inheritdoc cref="Load(string)"/>
    public static FeatureClassifier Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new FeatureClassifier(ModelStore.Open(stream));
    }

    /// <summary>Saves the model: as one file where the path ends in <c>.ldx</c>, else as a folder. What is there is replaced as a whole if it is a model.</summary>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="LightDxmlException">Something is there that is not a model, or it cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public void Save(string path) => _shared.Use(model => ModelStore.Save(model.Members, path));

    /// <summary>Writes the model as one file, from the stream's position on.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _shared.Use(model => ModelArchive.Write(model.Members, stream));
    }

    /// <summary>The best labels of one row of features, in the caller's thread; allocates nothing once it is warm.</summary>
    /// <param name="columns">Feature columns, ascending and below <see cref="FeatureCount"/>.</param>
    /// <param name="values">As many finite values.</param>
    /// <param name="labels">[top], overwritten with label rows, best first; −1 where there is none.</param>
    /// <param name="scores">[top], overwritten; probabilities unless <c>prediction.tail</c> weighs them.</param>
    /// <exception cref="ArgumentException">The lengths disagree, a column is out of its range or order, or a value is infinite or no number.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public void Predict(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
    {
        var start = Diagnostics.Start();
        _shared.Enter();
        try
        {
            _shared.Model.Ranker.Predict(columns, values, labels, scores);
        }
        finally
        {
            _shared.Exit();
            Diagnostics.PredictedOne(start);
        }
    }

    /// <summary>The best labels of many rows.</summary>
    /// <param name="features">[documents, features].</param>
    /// <param name="top">Most labels per document, at least 1.</param>
    /// <param name="threads">Threads to use; 0 takes every processor. Results do not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="features"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is not positive.</exception>
    /// <exception cref="LightDxmlException">The documents have features that the model does not know, or values that are infinite or no numbers.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public RankedLabels Predict(SparseMatrix features, int top = 5, int threads = 0, CancellationToken cancellationToken = default) => _shared.Use(model =>
    {
        using var activity = Diagnostics.Activities.StartActivity("predict");
        var predictions = model.Ranker.Predict(features, top, threads, cancellationToken);
        Diagnostics.Documents.Add(features.RowCount);
        return predictions;
    });

    /// <summary>The labels that many rows are given: those whose probability reaches a threshold, by default the one that the model stores.</summary>
    /// <param name="features">[documents, features].</param>
    /// <param name="threshold"><c>auto</c>, <c>document</c>, <c>per-label</c>, <c>precision=0.8</c> or a probability, as <see cref="ITextClassifier.Assign"/> takes it.</param>
    /// <param name="top">Most labels per document, at least 1.</param>
    /// <param name="threads">Threads to use; 0 takes every processor. Results do not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Best first, −1 behind the last label that a document is given; a row without features is given none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="features"/> or <paramref name="threshold"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is not positive.</exception>
    /// <exception cref="Configuration.OptionsException">The threshold is none of these.</exception>
    /// <exception cref="LightDxmlException">The model does not hold the threshold, or the documents are not as <c>Predict</c> takes them.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public RankedLabels Assign(
        SparseMatrix features, string threshold = Decisions.Auto, int top = Decisions.Ranks, int threads = 0, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        var decisions = Decisions.Of(threshold, _shared.Model);
        var given = Predict(features, decisions.RanksFor(top), threads, cancellationToken);
        decisions.Apply(given, features.NonEmptyRows(), top);
        for (var document = 0; document < given.PointCount && top < given.Width; document++)
        {
            given.Labels(document)[top..].Fill(-1);
            given.Scores(document)[top..].Fill(float.NegativeInfinity);
        }

        return given;
    }

    /// <summary>Closes the model; predictions that are under way end first.</summary>
    public void Dispose() => _shared.Dispose();
}
