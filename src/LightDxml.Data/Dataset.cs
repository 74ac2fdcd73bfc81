namespace LightDxml.Data;

/// <summary>Points with their features and labels: row i of both matrices is point i; a label's row in the model is its column here.</summary>
/// <param name="Name">How messages call the set: its file name as a rule.</param>
/// <param name="Features">[points, features], with values.</param>
/// <param name="Labels">[points, labels], without values.</param>
public sealed record Dataset(string Name, SparseMatrix Features, SparseMatrix Labels)
{
    public int PointCount => Features.RowCount;

    public int FeatureCount => Features.ColumnCount;

    public int LabelCount => Labels.ColumnCount;

    /// <summary>The names of features, where the set has them.</summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>The names of labels, where the set has them.</summary>
    public IReadOnlyList<string>? LabelNames { get; init; }

    /// <summary>The set with at least so many features and labels, to fit the space of another set.</summary>
    internal Dataset Widened(int featureCount, int labelCount) => this with
    {
        Features = Features.WithColumnCount(Math.Max(featureCount, FeatureCount)),
        Labels = Labels.WithColumnCount(Math.Max(labelCount, LabelCount)),
    };
}
