using System.Text.Json;
using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Baselines;

/// <summary>A trained comparator: ranks labels for points, and can be saved. Safe to use from many threads at once.</summary>
/// <param name="featureCount">Features that the model knows.</param>
/// <param name="labelCount">Labels of the training set, those that it never predicts among them.</param>
public abstract class BaselineModel(int featureCount, int labelCount)
{
    private const int GrainPoints = 64;

    public int FeatureCount { get; } = featureCount;

    public int LabelCount { get; } = labelCount;

    /// <summary>Which kind of model this is, as a model folder names it: <c>label-trees</c>.</summary>
    public abstract string Family { get; }

    /// <summary>Whether rows are scaled to unit L2 norm before they are ranked, as they were in training.</summary>
    protected virtual bool UsesUnitRows => true;

    /// <summary>The <paramref name="top"/> best labels of every point; the same for every number of threads.</summary>
    /// <param name="features">[points, features]; the model's features, or fewer.</param>
    /// <param name="threads">Threads at most; 0 is one for each processor.</param>
    /// <exception cref="LightDxmlException">The points have features that the model does not know.</exception>
    public RankedLabels Predict(SparseMatrix features, int top, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        if (features.ColumnCount > FeatureCount)
            throw new LightDxmlException($"The points have {features.ColumnCount} features, but the model knows {FeatureCount}.");
        if (UsesUnitRows)
            features = UnitRows.Of(features);
        var predictions = new RankedLabels(features.RowCount, LabelCount, Math.Min(top, Math.Max(1, LabelCount)));
        using var rankers = new ThreadLocal<PointRanker>(CreateRanker);
        RowRanges.ForEach(features.RowCount, GrainPoints, threads, (first, end) =>
        {
            var ranker = rankers.Value!;
            for (var point = first; point < end; point++)
                ranker.Rank(features.RowColumns(point), features.RowValues(point), predictions.Labels(point), predictions.Scores(point));
        });
        return predictions;
    }

    /// <summary>A ranker for one thread.</summary>
    public abstract PointRanker CreateRanker();

    /// <summary>Writes the settings that the model was trained with, as one JSON object of its folder's configuration.</summary>
    internal abstract void WriteSettings(Utf8JsonWriter writer);

    /// <summary>Adds the model's parameters to the tensors of a folder.</summary>
    internal abstract void AddTensors(SafetensorsWriter writer);
}

/// <summary>Ranks the labels of one point after another, in one thread; allocates nothing once it is warm.</summary>
public abstract class PointRanker
{
    /// <param name="columns">Feature columns, ascending.</param>
    /// <param name="values">As many values.</param>
    /// <param name="labels">[top], overwritten with label rows, best first; −1 where there is none.</param>
    /// <param name="scores">[top], overwritten; −∞ where there is no label.</param>
    public abstract void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores);
}
