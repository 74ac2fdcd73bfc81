using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.Text;

namespace LightDxml.Training;

/// <summary>What a model is updated with: its labels afterwards, and documents with their rows.</summary>
/// <param name="Added">New documents, [documents, trained labels]; null where there are none.</param>
/// <param name="Previous">The documents that the model was trained on, or null where they are not at hand.</param>
internal sealed record UpdateSets(UpdatedLabels Labels, Dataset? Added, Dataset? Previous)
{
    /// <summary>What made the documents' rows, where it knows more terms than the model; else null.</summary>
    public TextVectorizer? Wider { get; init; }

    /// <summary>The sets with features on one scale, as the model's training had them.</summary>
    public UpdateSets Scaled(FeatureScaling? scaling)
    {
        return scaling is null ? this : this with { Added = Of(Added), Previous = Of(Previous) };

        Dataset? Of(Dataset? set) => set is null ? null : set with { Features = scaling.Apply(set.Features) };
    }

    /// <param name="ids">[labels of the documents] those of the model first; null where labels are numbers.</param>
    /// <param name="labelCount">Labels of the documents, those of the model among them.</param>
    /// <param name="added">[documents, at most so many labels].</param>
    /// <param name="previous">The same of the former documents.</param>
    /// <param name="edits">Labels that are removed or merged.</param>
    /// <param name="catalog">The labels file, or null.</param>
    /// <param name="vectorizer">What made the documents' rows, where that is not the model's own.</param>
    public static UpdateSets Of(
        Model model, IReadOnlyList<string>? ids, int labelCount, Dataset? added, Dataset? previous, LabelEdits edits, LabelCatalog? catalog, TextVectorizer? vectorizer = null)
    {
        ModelUpdate.RequireSettings(model);
        var counts = new int[labelCount];
        foreach (var set in new[] { previous, added })
        {
            if (set is null)
                continue;
            var own = LabelFrequencies.Count(set.Labels);
            for (var label = 0; label < own.Length; label++)
                counts[label] += own[label];
        }

        var labels = UpdatedLabels.Of(model, ids, counts, edits, catalog);
        Dataset? Of(Dataset? set) => set is null ? null : set with { Labels = labels.Of(set.Labels), LabelNames = null };
        return new UpdateSets(labels, Of(added), Of(previous)) { Wider = vectorizer == model.Vectorizer ? null : vectorizer };
    }
}
