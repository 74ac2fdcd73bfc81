using LightDxml.Data;

namespace LightDxml.Cli.Input;

/// <summary>What was read of a data set, in its own space of labels.</summary>
/// <param name="Features">[documents, features], or null where only labels were asked for.</param>
/// <param name="Labels">[documents, labels].</param>
/// <param name="LabelIds">One a label; null where labels are numbers alone.</param>
internal sealed record InputSet(string Name, SparseMatrix? Features, SparseMatrix Labels, IReadOnlyList<string>? LabelIds)
{
    /// <summary>One a feature; null where features are numbers alone.</summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>The set, which predictions are to be measured by.</summary>
    /// <exception cref="LightDxmlException">No document has a label.</exception>
    public InputSet RequireLabels() => Labels.NonZeroCount > 0 ? this : throw new LightDxmlException(
        $"{Name}: no document has a label, and nothing can be measured without. If the file has labels, --labels-field names their field or column, and --format its format.");

    public Dataset ToDataset(SparseMatrix labels) =>
        new(Name, Features ?? throw new InvalidOperationException("Only labels were read."), labels) { FeatureNames = FeatureNames, LabelNames = LabelIds };
}
