using LightDxml.Data;

namespace LightDxml.Cli.Input;

/// <summary>What was read of a data set, in its own space of labels.</summary>
/// <param name="Features">[documents, features], or null where only labels were asked for.</param>
/// <param name="Labels">[documents, labels].</param>
/// <param name="LabelIds">One a label; null where labels are numbers alone.</param>
internal sealed record InputSet(string Name, SparseMatrix? Features, SparseMatrix Labels, IReadOnlyList<string>? LabelIds)
{
    public Dataset ToDataset(SparseMatrix labels) =>
        new(Name, Features ?? throw new InvalidOperationException("Only labels were read."), labels) { LabelNames = LabelIds };
}
