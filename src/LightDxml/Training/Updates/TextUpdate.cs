using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.Text;
using LightDxml.TextEncoding;

namespace LightDxml.Training;

/// <summary>Makes features of texts in memory that a model is updated with.</summary>
internal static class TextUpdate
{
    public static UpdateSets Sets(
        Model model, string path, TextDocument[] added, TextDocument[]? previous, int threads, ProgressObserver observer, CancellationToken cancellation)
    {
        var vectorizer = model.Vectorizer ?? throw new LightDxmlException($"{path} was trained on features, not on raw text: it has no vocabulary to turn text into features.");
        var labels = new LabelSpace(model.LabelIds ?? [], model.Reading is { AddAncestors: true } ? model.Hierarchy : null)
            .With(added.Concat(previous ?? []).SelectMany(document => document.Labels).ToHashSet(StringComparer.Ordinal));
        var sets = UpdateSets.Of(
            model, labels.Ids, labels.Count, Read(added, "the new documents"), previous is null ? null : Read(previous, "the former documents"), LabelEdits.None, catalog: null);
        return LabelFrequencies.Count(sets.Added!.Labels).Any(count => count > 0) ? sets : throw new LightDxmlException("No new document has a label to learn.");

        Data.Dataset Read(TextDocument[] documents, string name) =>
            TextDataset.Read(documents, name, vectorizer, labels, threads, KeptVectors.Of(vectorizer.Encoder, observer, cancellation));
    }
}
