using System.Text.Json;
using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Training;

namespace LightDxml.Baselines.Neighbours;

/// <summary>
/// Nearest neighbours over training points: cosine in the space of features, exact by an inverted index, or with
/// candidates from a graph. A label's score is the share of the neighbours' similarity that its points have.
/// </summary>
internal sealed class NeighbourModel : BaselineModel
{
    internal const string FamilyName = "neighbours";

    // Rows of unit length, and what rounding adds.
    private const float LongestUnit = 1.001f;

    private NeighbourModel(NeighbourOptions options, SparseMatrix points, SparseMatrix labels, int featureCount, int seed, int threads)
        : base(featureCount, labels.ColumnCount)
    {
        NeighbourOptions = options;
        Points = points;
        Labels = labels;
        Seed = seed;
        Graph = options.Search == NeighbourSearch.Hnsw && points.RowCount > 0 ? new NeighbourGraph(points, options, seed, threads) : null;
    }

    public NeighbourOptions NeighbourOptions { get; }

    /// <summary>Exact: [features, points], of each feature the training points that have it. Graph: [points, features].</summary>
    internal SparseMatrix Points { get; }

    /// <summary>[points, labels].</summary>
    internal SparseMatrix Labels { get; }

    /// <summary>Null where the search is exact.</summary>
    internal NeighbourGraph? Graph { get; }

    private int Seed { get; }

    public override string Family => FamilyName;

    internal override void WriteSettings(Utf8JsonWriter writer) => NeighbourOptions.Table.WriteJson(NeighbourOptions, writer);

    /// <param name="threads">Threads at most; 0 is one for each processor.</param>
    public static NeighbourModel Train(
        Dataset train, NeighbourOptions options, int seed = 1, int threads = 0, ITrainingObserver? observer = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        LabelledPoints.Check(train);
        stop.ThrowIfCancellationRequested();
        var points = UnitRows.Of(train.Features);
        return new NeighbourModel(
            options.Validate(), options.Search == NeighbourSearch.Exact ? points.Transpose() : points, train.Labels, train.FeatureCount, seed, threads);
    }

    public override PointRanker CreateRanker() => new NeighbourRanker(this);

    /// <summary>What finds neighbours, for one thread.</summary>
    internal NeighbourFinder CreateFinder() => Graph is null ? new NeighbourFinder.Inverted(this) : new NeighbourFinder.ByGraph(this, Graph);

    internal override void AddTensors(SafetensorsWriter writer)
    {
        MatrixTensors.Add(writer, "points.", Points);
        MatrixTensors.Add(writer, "labels.", Labels);
        writer.Add<int>("seed", TensorType.I32, [1], new[] { Seed });
    }

    /// <exception cref="LightDxmlException">The tensors are not those of this family.</exception>
    internal static NeighbourModel Read(SafetensorsFile file, NeighbourOptions options, int featureCount, int labelCount)
    {
        options.Validate();
        var isExact = options.Search == NeighbourSearch.Exact;
        var labels = MatrixTensors.Read(file, "labels.", labelCount, hasValues: false);
        var points = MatrixTensors.Read(file, "points.", isExact ? labels.RowCount : featureCount, hasValues: true);
        if (points.RowCount != (isExact ? featureCount : labels.RowCount))
            throw new LightDxmlException($"{file.Path}: the points have {points.RowCount} rows, not {(isExact ? featureCount : labels.RowCount)}.");
        if (System.Numerics.Tensors.TensorPrimitives.MaxMagnitude(TensorReading.Floats(file, "points.values").Span is { IsEmpty: false } values ? values : [0f]) > LongestUnit)
            throw new LightDxmlException($"{file.Path}: the points in 'points.values' are longer than 1, which they are scaled to.");
        var seed = TensorReading.Ints(file, "seed", 1, int.MinValue, int.MaxValue).Span[0];
        return new NeighbourModel(options, points, labels, featureCount, seed, threads: 0);
    }
}
