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

    /// <summary>
    /// The set with its columns where a model, or another set, has those of the same names. Matrices know columns by number alone, so that sets
    /// whose files name features or labels in another order are to be brought in one order before they meet.
    /// </summary>
    /// <param name="featureNames">The model's; features that are not among them are left out. Null, or a set without names, leaves features as they are.</param>
    /// <param name="labelNames">The model's. Null, or a set without names, leaves labels as they are.</param>
    /// <param name="newLabels">
    /// Whether labels that are not among <paramref name="labelNames"/> get columns behind them, as a test set and an update need it. Where they do not, they are
    /// left out, and so are documents that lose all their labels, as validation documents are.
    /// </param>
    /// <exception cref="LightDxmlException">There are not as many names as columns, no feature of the set is known, or two labels have one name.</exception>
    public Dataset AlignedTo(IReadOnlyList<string>? featureNames, IReadOnlyList<string>? labelNames, bool newLabels = true)
    {
        var aligned = WithFeaturesOf(featureNames);
        return labelNames is null || LabelNames is null ? aligned : aligned.WithLabelsOf(LabelNames, labelNames, newLabels);
    }

    private Dataset WithFeaturesOf(IReadOnlyList<string>? names)
    {
        if (names is null || FeatureNames is not { } own)
            return this;
        ColumnNames.Check(Name, "feature", own, FeatureCount, areDistinct: false);
        if (ColumnNames.Begins(own, names))
            return this with { Features = Features.WithColumnCount(names.Count), FeatureNames = names };
        var places = ColumnNames.Places(own, names);
        var features = Features.WithColumns(column => places[column], names.Count);
        if (features.NonZeroCount == 0 && Features.NonZeroCount > 0)
            throw new LightDxmlException($"{Name}: none of its features, such as '{own[0]}', is one of those wanted, such as '{(names is [var first, ..] ? first : "")}'.");
        return this with { Features = features, FeatureNames = names };
    }

    private Dataset WithLabelsOf(IReadOnlyList<string> own, IReadOnlyList<string> names, bool newLabels)
    {
        var inOrder = ColumnNames.Begins(own, names);
        ColumnNames.Check(Name, "label", own, LabelCount, areDistinct: !inOrder);
        if (inOrder)
            return this with { Labels = Labels.WithColumnCount(names.Count), LabelNames = names };
        var places = ColumnNames.Places(own, names);
        List<string> all = [.. names];
        for (var label = 0; newLabels && label < places.Length; label++)
        {
            if (places[label] >= 0)
                continue;
            places[label] = all.Count;
            all.Add(own[label]);
        }

        var labels = Labels.WithColumns(column => places[column], all.Count);
        var aligned = this with { Labels = labels, LabelNames = all };
        int[] kept = [.. Enumerable.Range(0, PointCount).Where(row => labels.RowLength(row) > 0 || Labels.RowLength(row) == 0)];
        return kept.Length == PointCount ? aligned : aligned.SelectRows(kept);
    }

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
