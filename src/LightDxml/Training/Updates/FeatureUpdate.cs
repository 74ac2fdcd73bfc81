using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>Fits rows of features in memory to the model that is updated with them.</summary>
internal static class FeatureUpdate
{
    public static UpdateSets Sets(Model model, string path, Dataset added, Dataset? previous)
    {
        if (model.Vectorizer is not null)
            throw new LightDxmlException($"{path} was trained on raw text, not on features; TextClassifier updates it.");
        if (added.Labels.NonZeroCount == 0)
            throw new LightDxmlException("No new document has a label to learn.");
        foreach (var set in new[] { added, previous }.OfType<Dataset>())
        {
            ColumnNames.RequireSame("feature", path, model.FeatureNames, set.Name, set.FeatureNames);
            ColumnNames.RequireSame("label", path, model.LabelNames, set.Name, set.LabelNames);
        }

        ColumnNames.RequireSame("label", added.Name, added.LabelNames, previous?.Name ?? "", previous?.LabelNames);
        var names = new[] { model.LabelNames, added.LabelNames, previous?.LabelNames }.OfType<IReadOnlyList<string>>().MaxBy(list => list.Count);
        var labels = new[] { model.LabelCount, added.LabelCount, previous?.LabelCount ?? 0 }.Max();
        if (model.LabelNames is not null && names!.Count < labels)
            throw new LightDxmlException($"The labels of {path} have names, and new ones behind them need some, too: there are {names.Count} names for {labels} labels.");
        return UpdateSets.Of(model, model.LabelNames is null ? null : names, labels, Fit(added), previous is null ? null : Fit(previous), LabelEdits.None, catalog: null);

        Dataset Fit(Dataset set) => set.FeatureCount > model.FeatureCount
            ? throw new LightDxmlException($"{set.Name} has {set.FeatureCount} features, but the model was trained with {model.FeatureCount}; were they made with the same vocabulary?")
            : set with { Features = set.Features.WithColumnCount(model.FeatureCount), FeatureNames = null };
    }
}
