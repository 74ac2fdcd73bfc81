using System.Buffers;
using System.Numerics.Tensors;
using System.Text.Json;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Models;
using Microsoft.Extensions.ObjectPool;

namespace LightDxml.Baselines;

/// <summary>A trained baseline: ranks labels for documents of features, and can be saved.</summary>
internal abstract class BaselineModel : LabelRanker
{
    private const int GrainDocuments = 64;

    private readonly ObjectPool<PointRanker> _rankers;

    /// <param name="featureCount">Features that the model knows.</param>
    /// <param name="labelCount">Labels of the training set, those that it never predicts among them.</param>
    protected BaselineModel(int featureCount, int labelCount)
    {
        (FeatureCount, LabelCount) = (featureCount, labelCount);
        _rankers = new DefaultObjectPool<PointRanker>(new RankerPolicy(this), ScratchPools.Retained);
    }

    public override int FeatureCount { get; }

    public override int LabelCount { get; }

    /// <summary>Which kind of model this is, as a model folder names it: <c>label-trees</c>.</summary>
    public abstract string Family { get; }

    /// <summary>Whether rows are scaled to unit L2 norm before they are ranked, as they were in training.</summary>
    protected virtual bool UsesUnitRows => true;

    protected override void RankMany(SparseMatrix documents, RankedLabels predictions, int threads, CancellationToken cancellation)
    {
        if (UsesUnitRows)
            documents = UnitRows.Of(documents);
        RowRanges.ForEach(documents.RowCount, GrainDocuments, threads, (first, end) =>
        {
            cancellation.ThrowIfCancellationRequested();
            var ranker = _rankers.Get();
            for (var document = first; document < end; document++)
                ranker.Rank(documents.RowColumns(document), documents.RowValues(document), predictions.Labels(document), predictions.Scores(document));
            _rankers.Return(ranker);
        });
    }

    protected override void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
    {
        var ranker = _rankers.Get();
        if (UsesUnitRows && UnitRows.Scale(values) is not 1 and var scale)
        {
            var scaled = ArrayPool<float>.Shared.Rent(values.Length);
            TensorPrimitives.Multiply(values, scale, scaled);
            ranker.Rank(columns, scaled.AsSpan(0, values.Length), labels, scores);
            ArrayPool<float>.Shared.Return(scaled);
        }
        else
        {
            ranker.Rank(columns, values, labels, scores);
        }

        _rankers.Return(ranker);
    }

    /// <summary>A ranker for one thread.</summary>
    public abstract PointRanker CreateRanker();

    /// <summary>Writes the settings that the model was trained with, as one JSON object of its folder's configuration.</summary>
    internal abstract void WriteSettings(Utf8JsonWriter writer);

    /// <summary>Adds the model's parameters to the tensors of a folder.</summary>
    internal abstract void AddTensors(SafetensorsWriter writer);

    private sealed class RankerPolicy(BaselineModel model) : PooledObjectPolicy<PointRanker>
    {
        public override PointRanker Create() => model.CreateRanker();

        public override bool Return(PointRanker ranker) => true;
    }
}

/// <summary>Ranks the labels of one point after another, in one thread; allocates nothing once it is warm.</summary>
internal abstract class PointRanker
{
    /// <param name="columns">Feature columns, ascending.</param>
    /// <param name="values">As many values.</param>
    /// <param name="labels">[top], overwritten with label rows, best first; −1 where there is none.</param>
    /// <param name="scores">[top], overwritten; −∞ where there is no label.</param>
    public abstract void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores);
}
