using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Baselines.Neighbours;

/// <summary>
/// Nearest neighbours over training points: cosine in the space of features, exact, by an inverted index. A label's score
/// is the share of the neighbours' similarity that its points have.
/// </summary>
public sealed class NeighbourModel : BaselineModel
{
    internal const string FamilyName = "neighbours";

    private NeighbourModel(NeighbourOptions options, SparseMatrix points, SparseMatrix labels)
        : base(points.RowCount, labels.ColumnCount)
    {
        NeighbourOptions = options;
        Points = points;
        Labels = labels;
    }

    public NeighbourOptions NeighbourOptions { get; }

    /// <summary>[features, points]: of each feature the training points that have it.</summary>
    internal SparseMatrix Points { get; }

    /// <summary>[points, labels].</summary>
    internal SparseMatrix Labels { get; }

    public override string Family => FamilyName;

    internal override object Options => NeighbourOptions;

    public static NeighbourModel Train(Dataset train, NeighbourOptions options)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        return new NeighbourModel(options.Validate(), UnitRows.Of(train.Features).Transpose(), train.Labels);
    }

    public override PointRanker CreateRanker() => new NeighbourRanker(this);

    internal override void AddTensors(SafetensorsWriter writer)
    {
        MatrixTensors.Add(writer, "points.", Points);
        MatrixTensors.Add(writer, "labels.", Labels);
    }

    /// <exception cref="LightDxmlException">The tensors are not those of this family.</exception>
    internal static NeighbourModel Read(SafetensorsFile file, NeighbourOptions options, int featureCount, int labelCount)
    {
        var labels = MatrixTensors.Read(file, "labels.", labelCount, hasValues: false);
        var points = MatrixTensors.Read(file, "points.", labels.RowCount, hasValues: true);
        if (points.RowCount != featureCount)
            throw new LightDxmlException($"{file.Path}: the index is of {points.RowCount} features, not {featureCount}.");
        return new NeighbourModel(options.Validate(), points, labels);
    }
}
