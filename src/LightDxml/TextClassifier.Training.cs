using System.Diagnostics;
using LightDxml.Models;
using LightDxml.Text;
using LightDxml.Text.Reading;
using LightDxml.TextEncoding;
using LightDxml.Training;
using Microsoft.Extensions.Logging;

namespace LightDxml;

/// <summary>How classifiers come about: from documents, or from a model and further documents.</summary>
public sealed partial class TextClassifier
{
    /// <summary>Trains a classifier on texts with labels, in the caller's thread and <paramref name="threads"/> − 1 others.</summary>
    /// <typeparam name="TLabels">Any sequence of labels: an array, a list, a set.</typeparam>
    /// <param name="documents">Texts with their labels. They are read once and kept in memory until the training ends.</param>
    /// <param name="options">Settings; null takes the defaults.</param>
    /// <param name="progress">Hears how far the training is, or null.</param>
    /// <param name="logger">Hears what was chosen and measured, or null.</param>
    /// <param name="threads">Threads to use; 0 takes every processor. The model does not depend on it.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <exception cref="ArgumentNullException"><paramref name="documents"/> is null.</exception>
    /// <exception cref="ArgumentException">A document, or what belongs to it, is null; the message has its number.</exception>
    /// <exception cref="Configuration.OptionsException">A setting is out of its range.</exception>
    /// <exception cref="LightDxmlException">There is nothing to train on, or the program lacks the package of an engine, a text encoder or a label index that a setting names.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static TextClassifier Train<TLabels>(
        IEnumerable<(string Text, TLabels Labels)> documents, TrainingOptions? options = null, IProgress<TrainingProgress>? progress = null,
        ILogger? logger = null, int threads = 0, CancellationToken cancellationToken = default)
        where TLabels : IEnumerable<string>
    {
        ArgumentNullException.ThrowIfNull(documents);
        return Train(TextDocuments.Of(documents, nameof(documents)), options, validation: null, catalog: null, progress, logger, threads, cancellationToken);
    }

    /// <summary>Trains a classifier on documents, which may have titles.</summary>
    /// <param name="validation">Documents that epochs and head are chosen by; null holds out a share of the training documents. Labels that no training document has are left out. Never the test set.</param>
    /// <param name="catalog">Names and hierarchy of the labels, or null. Labels are looked for in texts by their names, too, as <c>names.use</c> says.</param>
    /// <inheritdoc cref="Train{TLabels}(IEnumerable{ValueTuple{string, TLabels}}, TrainingOptions?, IProgress{TrainingProgress}?, ILogger?, int, CancellationToken)"/>
    public static TextClassifier Train(
        IEnumerable<TextDocument> documents, TrainingOptions? options = null, IEnumerable<TextDocument>? validation = null, LabelCatalog? catalog = null,
        IProgress<TrainingProgress>? progress = null, ILogger? logger = null, int threads = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        options = (options ?? new TrainingOptions()).Validate();
        using var activity = Diagnostics.Activities.StartActivity("train");
        var watch = Stopwatch.StartNew();
        var observer = new ProgressObserver(progress, logger);
        var encoder = TextEncoders.Open(options.Text);
        try
        {
            var bulk = KeptVectors.Of(encoder, observer, cancellationToken);
            var text = TextDataset.Fit(
                TextDocuments.InMemory(documents, nameof(documents), cancellationToken), options.Text, "the training set", threads, catalog, NameIndexing.Source(options.Names, options.Text, catalog), encoder, bulk);
            var heldOut = validation is null ? null
                : TextDataset.Read(WithKnownLabels(TextDocuments.InMemory(validation, nameof(validation), cancellationToken), text.Labels, observer), "the validation set", text.Vectorizer, text.Labels, threads, bulk);
            var model = text.Complete(Trainer.Train(text.Dataset, heldOut, options, threads, observer, NameIndexing.Of(text, options.Names), Checkpoint.None, cancellationToken));
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

    /// <summary>As <c>Train</c> of documents, in a thread of the pool.</summary>
    /// <inheritdoc cref="Train(IEnumerable{TextDocument}, TrainingOptions?, IEnumerable{TextDocument}?, LabelCatalog?, IProgress{TrainingProgress}?, ILogger?, int, CancellationToken)"/>
    public static Task<TextClassifier> TrainAsync(
        IEnumerable<TextDocument> documents, TrainingOptions? options = null, IEnumerable<TextDocument>? validation = null, LabelCatalog? catalog = null,
        IProgress<TrainingProgress>? progress = null, ILogger? logger = null, int threads = 0, CancellationToken cancellationToken = default) =>
        Task.Run(() => Train(documents, options, validation, catalog, progress, logger, threads, cancellationToken), cancellationToken);

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
    /// <exception cref="ArgumentNullException"><paramref name="documents"/> is null.</exception>
    /// <exception cref="ArgumentException">A document, or what belongs to it, is null; the message has its number.</exception>
    /// <exception cref="LightDxmlException">There is no model of raw text, it does not hold what an update needs, or no document has a label.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static TextClassifier Update<TLabels>(
        string path, IEnumerable<(string Text, TLabels Labels)> documents, IEnumerable<(string Text, TLabels Labels)>? previous = null, bool newTerms = false,
        ILogger? logger = null, int threads = 0, CancellationToken cancellationToken = default)
        where TLabels : IEnumerable<string>
    {
        ArgumentNullException.ThrowIfNull(documents);
        return Update(path, TextDocuments.Of(documents, nameof(documents)), previous is null ? null : TextDocuments.Of(previous, nameof(previous)), newTerms, logger, threads, cancellationToken);
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
            var (added, former) = (TextDocuments.InMemory(documents, nameof(documents), cancellationToken), previous is null ? null : TextDocuments.InMemory(previous, nameof(previous), cancellationToken));
            var sets = TextUpdate.Sets(members[0], path, added, former, newTerms, threads, observer, cancellationToken);
            return new TextClassifier(StoredModel.Of([.. members.Select(member => ModelUpdate.Apply(member, sets, threads, observer, cancellationToken))]));
        }
        catch
        {
            members[0].Dispose();
            throw;
        }
    }

    /// <summary>Validation documents without those that have only labels which training lacks: nobody knows which others they might have.</summary>
    private static List<TextDocument> WithKnownLabels(IReadOnlyCollection<TextDocument> documents, LabelSpace labels, ProgressObserver observer)
    {
        List<TextDocument> known = [.. documents.Where(document => document.Labels.Count == 0 || document.Labels.Any(label => labels.Find(LabelText.Normalize(label)) >= 0))];
        if (known.Count == 0 && documents.Count > 0)
            throw new LightDxmlException("No validation document has a label of the training documents, so that nothing can be chosen by them.");
        if (documents.Count - known.Count is > 0 and var left)
            observer.Report(new TrainingNote($"{left:N0} validation documents have labels alone that no training document has, and are left out"));
        return known;
    }
}
