using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Prediction;

public sealed partial class Predictor
{
    private void Scan(SparseMatrix features, int first, int end, RankedLabels predictions)
    {
        var scratch = _scratch.Value!;
        var count = end - first;
        _encoder.Encode(features, first, end, scratch.Encodings.Rows(0, count), scratch.Encodings.Stride, scratch.Encoder);
        for (var i = 0; i < count; i++)
            scratch.Encodings.Row(i)[_network.Dimensions] = 1;
        ScanBlock(count, scratch, predictions.Labels(first, count), predictions.Scores(first, count));
    }

    /// <summary>Scores every label for the encodings in the scratch.</summary>
    private void ScanBlock(int count, Scratch scratch, Span<int> labels, Span<float> scores)
    {
        var classifier = _network.Classifier;
        var encodings = scratch.Encodings;
        var top = labels.Length / count;
        if (_beta >= 1)
        {
            _kernels.InnerProductTopK(
                encodings.Span, count, encodings.Stride, classifier.Span, LabelCount, classifier.Stride,
                classifier.Stride, top, scratch.Products, labels, scores);
            _kernels.CombineScores(scores, scores, 1, scores);
            return;
        }

        var logits = scratch.Products.AsSpan(0, count * LabelCount);
        var similarities = scratch.Similarities.AsSpan(0, count * LabelCount);
        _kernels.MatrixMultiply(
            encodings.Span, encodings.Stride, false, classifier.Span, classifier.Stride, true,
            count, LabelCount, _network.Dimensions + 1, false, scratch.Packing, logits, LabelCount);
        _kernels.NormalizeRows(encodings.Span, count, _network.Dimensions, encodings.Stride, encodings.Span);
        _kernels.MatrixMultiply(
            encodings.Span, encodings.Stride, false, _labelEmbeddings.Span, _labelEmbeddings.Stride, true,
            count, LabelCount, _network.Dimensions, false, scratch.Packing, similarities, LabelCount);
        _kernels.CombineScores(logits, similarities, _beta, logits);
        for (var i = 0; i < count; i++)
            _kernels.TopK(logits.Slice(i * LabelCount, LabelCount), labels.Slice(i * top, top), scores.Slice(i * top, top));
    }

    /// <summary>What one thread needs to predict.</summary>
    private sealed class Scratch
    {
        private float[] _scaled = [];

        public Scratch(Predictor predictor)
        {
            var network = predictor._network;
            var kernels = predictor._kernels;
            Encoder = new DocumentEncoder.Scratch(network, kernels);
            Encodings = new DenseMatrix(BlockPoints, network.Dimensions + 1);
            Unit = new DenseMatrix(1, network.Dimensions);
            if (predictor._index is not null)
            {
                Candidates = new int[predictor._width];
                Similarities = new float[predictor._width];
                Scores = new float[predictor._width];
                return;
            }

            var labels = network.LabelCount;
            Products = new float[Math.Max(
                kernels.InnerProductTopKScratch(BlockPoints, labels, network.Classifier.Stride, labels), BlockPoints * labels)];
            if (predictor._beta < 1)
            {
                Similarities = new float[BlockPoints * labels];
                Packing = new float[kernels.MatrixMultiplyScratch(BlockPoints, labels, network.Dimensions + 1)];
            }
        }

        public DocumentEncoder.Scratch Encoder { get; }

        public DenseMatrix Encodings { get; }

        public DenseMatrix Unit { get; }

        public int[] Candidates { get; } = [];

        public float[] Similarities { get; } = [];

        public float[] Scores { get; } = [];

        public float[] Products { get; } = [];

        public float[] Packing { get; } = [];

        /// <summary>The values times a factor, in memory that grows to the largest document seen.</summary>
        public ReadOnlySpan<float> Scaled(ReadOnlySpan<float> values, float factor)
        {
            if (_scaled.Length < values.Length)
                _scaled = new float[values.Length * 2];
            TensorPrimitives.Multiply(values, factor, _scaled);
            return _scaled.AsSpan(0, values.Length);
        }
    }
}
