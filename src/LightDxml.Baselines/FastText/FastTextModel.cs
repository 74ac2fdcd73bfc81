using System.Numerics.Tensors;
using System.Text.Json;
using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Baselines.FastText;

/// <summary>A bag-of-features model: a point is the weighted sum of its features' embeddings, a label a logistic unit or a path of them.</summary>
internal sealed class FastTextModel : BaselineModel
{
    internal const string FamilyName = "fasttext";
    private readonly int[] _frequencies;

    internal FastTextModel(FastTextOptions options, DenseMatrix embeddings, DenseMatrix outputs, int labelCount, int[] frequencies)
        : base(embeddings.RowCount, labelCount)
    {
        FastTextOptions = options;
        Embeddings = embeddings;
        Outputs = outputs;
        _frequencies = frequencies;
    }

    public FastTextOptions FastTextOptions { get; }

    /// <summary>[features, dimensions].</summary>
    internal DenseMatrix Embeddings { get; }

    /// <summary>[labels or inner nodes, dimensions].</summary>
    internal DenseMatrix Outputs { get; }

    public override string Family => FamilyName;

    // The mean of the embeddings does not depend on the row's length.
    protected override bool UsesUnitRows => false;

    internal override void WriteSettings(Utf8JsonWriter writer) => FastTextOptions.Table.WriteJson(FastTextOptions, writer);

    public override PointRanker CreateRanker() => FastTextOptions.Loss == FastTextLoss.OneVsAll
        ? new OneVsAllRanker(this)
        : new PathRanker(this, new HuffmanTree(_frequencies));

    internal override void AddTensors(SafetensorsWriter writer)
    {
        writer.Add<int>("frequencies", TensorType.I32, [_frequencies.Length], _frequencies);
        DenseTensors.Add(writer, "embeddings", Embeddings, Embeddings.Dimensions, Precision.Float32);
        DenseTensors.Add(writer, "outputs", Outputs, Outputs.Dimensions, Precision.Float32);
    }

    /// <exception cref="LightDxmlException">The tensors are not those of this family.</exception>
    internal static FastTextModel Read(SafetensorsFile file, FastTextOptions options, int featureCount, int labelCount)
    {
        options.Validate();
        var outputs = options.Loss == FastTextLoss.OneVsAll ? labelCount : Math.Max(0, labelCount - 1);
        return new FastTextModel(
            options, TensorReading.Matrix(file, "embeddings", featureCount, options.Dimensions), TensorReading.Matrix(file, "outputs", outputs, options.Dimensions),
            labelCount, TensorReading.Ints(file, "frequencies", labelCount, 0, int.MaxValue).ToArray());
    }

    private sealed class OneVsAllRanker(FastTextModel model) : PointRanker
    {
        private readonly float[] _hidden = new float[model.Embeddings.Dimensions];

        public override void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
        {
            FastTextStep.Encode(model.Embeddings, columns, values, _hidden);
            var top = new BestRows<float>(labels, scores);
            for (var label = 0; label < model.LabelCount; label++)
                top.Offer(label, TensorPrimitives.Dot<float>(_hidden, model.Outputs.Row(label)));
            foreach (ref var score in scores[..top.Count])
                score = 1 / (1 + MathF.Exp(-score));
        }
    }

    /// <summary>Best-first over the Huffman tree: a path's probability only falls, so the first labels to come out are the best.</summary>
    private sealed class PathRanker(FastTextModel model, HuffmanTree tree) : PointRanker
    {
        private readonly float[] _hidden = new float[model.Embeddings.Dimensions];
        private readonly PriorityQueue<int, (float MinusLog, int Node)> _open = new();

        public override void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
        {
            labels.Fill(-1);
            scores.Fill(float.NegativeInfinity);
            FastTextStep.Encode(model.Embeddings, columns, values, _hidden);
            _open.Clear();
            _open.Enqueue(tree.Root, (0, tree.Root));
            for (var place = 0; place < labels.Length && _open.TryDequeue(out var node, out var priority);)
            {
                if (tree.IsLabel(node))
                {
                    labels[place] = node;
                    scores[place++] = MathF.Exp(-priority.MinusLog);
                    continue;
                }

                var score = TensorPrimitives.Dot<float>(_hidden, model.Outputs.Row(tree.Inner(node)));
                var (no, yes) = tree.Children(tree.Inner(node));
                _open.Enqueue(no, (priority.MinusLog + Softplus(score), no));
                _open.Enqueue(yes, (priority.MinusLog + Softplus(-score), yes));
            }
        }

        /// <summary>log(1 + e^s) without overflow: −log of the probability of the other side.</summary>
        private static float Softplus(float score) => MathF.Max(score, 0) + MathF.Log(1 + MathF.Exp(-MathF.Abs(score)));
    }
}
