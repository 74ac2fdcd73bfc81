using System.Numerics.Tensors;
using System.Text.Json;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels;
using LightDxml.Models;

namespace LightDxml.Baselines.Slice;

/// <summary>Encodes a point, finds the labels whose means are nearest, and scores these by their linear classifiers.</summary>
internal sealed class SliceModel : BaselineModel
{
    internal const string FamilyName = "slice";

    /// <summary>The bias of a label that is never predicted: finite, as all that is stored.</summary>
    internal const float NeverPredicted = float.MinValue;

    private readonly KernelSet _kernels = KernelBackends.Select();
    private readonly ILabelIndex _index;

    /// <param name="means">[labels, dimensions], unit rows.</param>
    /// <param name="weights">[labels, dimensions + 1]: w_l, then the bias, or <see cref="NeverPredicted"/>.</param>
    internal SliceModel(SliceOptions options, int featureCount, PointEncoding encoding, DenseMatrix means, DenseMatrix weights, int threads)
        : base(featureCount, weights.RowCount)
    {
        SliceOptions = options;
        (Encoding, Means, Weights) = (encoding, means, weights);
        _index = CreateIndex(means, Math.Min(options.Shortlist, means.RowCount), threads);
    }

    public SliceOptions SliceOptions { get; }

    internal PointEncoding Encoding { get; }

    internal DenseMatrix Means { get; }

    internal DenseMatrix Weights { get; }

    public override string Family => FamilyName;

    internal override void WriteSettings(Utf8JsonWriter writer) => SliceOptions.Table.WriteJson(SliceOptions, writer);

    /// <summary>The index over the means: exact, or a graph where that is faster.</summary>
    internal static ILabelIndex CreateIndex(DenseMatrix means, int width, int threads) =>
        LabelIndexes.Create(new LabelIndexSettings(), means, KernelBackends.Select(), width, threads, out _);

    public override PointRanker CreateRanker() => new Ranker(this);

    internal override void AddTensors(SafetensorsWriter writer)
    {
        Encoding.AddTensors(writer);
        DenseTensors.Add(writer, "means", Means, Means.Dimensions, Precision.Float32);
        DenseTensors.Add(writer, "weights", Weights, Weights.Dimensions, Precision.Float32);
    }

    /// <exception cref="LightDxmlException">The tensors are not those of this family.</exception>
    internal static SliceModel Read(SafetensorsFile file, SliceOptions options, int featureCount, int labelCount)
    {
        options.Validate();
        PointEncoding encoding = options.Encoding switch
        {
            SliceEncoding.Encoder => PointEncoding.OfNetwork.Read(file, featureCount, options.Dimensions),
            SliceEncoding.Projection => PointEncoding.OfProjection.Read(file, featureCount, options.Dimensions),
            _ => new PointEncoding.AsGiven(featureCount),
        };
        return new SliceModel(
            options, featureCount, encoding, TensorReading.Matrix(file, "means", labelCount, encoding.Dimensions),
            TensorReading.Matrix(file, "weights", labelCount, encoding.Dimensions + 1), threads: 0);
    }

    private sealed class Ranker(SliceModel model) : PointRanker
    {
        private readonly PointEncoding.Encoder _encode = model.Encoding.CreateEncoder();
        private readonly DenseMatrix _unit = new(1, model.Encoding.Dimensions);
        private readonly int[] _candidates = new int[Math.Min(model.SliceOptions.Shortlist, model.LabelCount)];
        private readonly float[] _similarities = new float[Math.Min(model.SliceOptions.Shortlist, model.LabelCount)];

        public override void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
        {
            _encode(columns, values, _unit.Row(0));
            model._kernels.NormalizeRows(_unit.Span, 1, _unit.Dimensions, _unit.Stride, _unit.Span);
            model._index.Search(_unit.Row(0), _candidates, _similarities);
            var top = new BestRows<float>(labels, scores);
            foreach (var label in _candidates)
            {
                if (label < 0)
                    continue;
                var weights = model.Weights.Row(label);
                var score = TensorPrimitives.Dot<float>(_unit.Row(0), weights[..^1]) + weights[^1];
                if (weights[^1] != NeverPredicted)
                    top.Offer(label, score);
            }

            foreach (ref var score in scores[..top.Count])
                score = 1 / (1 + MathF.Exp(-score));
        }
    }
}
