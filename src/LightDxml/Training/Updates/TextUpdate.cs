using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.Text;
using LightDxml.Text.Reading;
using LightDxml.TextEncoding;

namespace LightDxml.Training;

/// <summary>Makes features of texts in memory that a model is updated with.</summary>
internal static class TextUpdate
{
    /// <summary>The model's vectoriser with the terms of documents that it lacks.</summary>
    /// <param name="documents">The new ones, and the former ones where they are at hand.</param>
    /// <param name="catalog">The labels file, or null; its names are looked for where the model finds labels by name.</param>
    public static TextVectorizer Wider(Model model, IEnumerable<DocumentSource> documents, bool hasFormer, LabelCatalog? catalog, int threads) => model.Vectorizer!.With(
        documents, hasFormer ? 0 : model.Vectorizer.DocumentCount, model.Names is null || catalog is null ? [] : catalog.Entries.SelectMany(LabelTexts.NamesOf), threads);

    /// <param name="newTerms">Whether terms of the documents that the model lacks are added to its vocabulary.</param>
    public static UpdateSets Sets(
        Model model, string path, IReadOnlyCollection<TextDocument> added, IReadOnlyCollection<TextDocument>? previous, bool newTerms, int threads, ProgressObserver observer, CancellationToken cancellation)
    {
        var own = model.Vectorizer ?? throw new LightDxmlException($"{path} was trained on features, not on raw text: it has no vocabulary to turn text into features.");
        var vectorizer = newTerms ? Wider(model, [DocumentSource.OfList([.. previous ?? [], .. added]) with { Cancellation = cancellation }], previous is not null, catalog: null, threads) : own;
        var labels = model.LabelsWith(added.Concat(previous ?? []));
        var sets = UpdateSets.Of(
            model, labels.Ids, labels.Count, Read(added, "the new documents"), previous is null ? null : Read(previous, "the former documents"), LabelEdits.None, catalog: null, vectorizer);
        return LabelFrequencies.Count(sets.Added!.Labels).Any(count => count > 0) ? sets : throw new LightDxmlException("No new document has a label to learn.");

        Data.Dataset Read(IReadOnlyCollection<TextDocument> documents, string name) =>
            TextDataset.Read(documents, name, vectorizer, labels, threads, KeptVectors.Of(vectorizer.Encoder, observer, cancellation));
    }
}
