namespace LightDxml.Data;

/// <summary>Points with their features and labels: row i of both matrices is point i; a label's row in the model is its column here.</summary>
public sealed record Dataset
{
    private readonly SparseMatrix _features;
    private readonly SparseMatrix _labels;

    /// <param name="name">How messages call the set: its file name as a rule.</param>
    /// <param name="features">[points, features], with values.</param>
    /// <param name="labels">[points, labels], without values.</param>
    /// <exception cref="LightDxmlException">The matrices have different numbers of rows.</exception>
    public Dataset(string name, SparseMatrix features, SparseMatrix labels)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        (Name, _features, _labels) = (name, features, labels);
        CheckRows();
    }

    /// <summary>What messages call the data set.</summary>
    public string Name { get; init; }

    /// <summary>[points, features], with values; a new one has as many rows.</summary>
    public SparseMatrix Features
    {
        get => _features;
        init
        {
            _features = value;
            CheckRows();
        }
    }

    /// <summary>[points, labels], without values; a new one has as many rows.</summary>
    public SparseMatrix Labels
    {
        get => _labels;
        init
        {
            _labels = value;
            CheckRows();
        }
    }

    /// <summary>Number of points: rows of both matrices.</summary>
    public int PointCount => Features.RowCount;

    /// <summary>Number of features: columns of <see cref="Features"/>.</summary>
    public int FeatureCount => Features.ColumnCount;

    /// <summary>Number of labels: columns of <see cref="Labels"/>.</summary>
    public int LabelCount => Labels.ColumnCount;

    /// <summary>The names of features, where the set has them.</summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>The names of labels, where the set has them.</summary>
    public IReadOnlyList<string>? LabelNames { get; init; }

    /// <summary>Some of the points, in the given order.</summary>
    public Dataset SelectRows(ReadOnlySpan<int> points) =>
        new(Name, Features.SelectRows(points), Labels.SelectRows(points)) { FeatureNames = FeatureNames, LabelNames = LabelNames };

    /// <summary>The set with at least so many features and labels, to fit the space of another set.</summary>
    internal Dataset Widened(int featureCount, int labelCount) => this with
    {
        Features = Features.WithColumnCount(Math.Max(featureCount, FeatureCount)),
        Labels = Labels.WithColumnCount(Math.Max(labelCount, LabelCount)),
    };

    private void CheckRows()
    {
        if (_features.RowCount != _labels.RowCount)
            throw new LightDxmlException($"{Name}: {_features.RowCount} rows of features and {_labels.RowCount} rows of labels do not belong to the same documents.");
    }
}
