using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Indexes;

namespace LightDxml.Inference;

public sealed partial class Predictor
{
    /// <summary>What one thread needs to predict a block of documents.</summary>
    private sealed class Scratch
    {
        private readonly Predictor _predictor;
        private int[] _labels = [];
        private float[] _logits = [];
        private float[] _cosines = [];
        private float[] _scaled = [];

        public Scratch(Predictor predictor)
        {
            _predictor = predictor;
            var network = predictor._network;
            Encoder = new DocumentEncoder.Scratch(network, predictor._kernels);
            Encodings = new DenseMatrix(BlockPoints, network.Dimensions + 1);
            Units = new DenseMatrix(BlockPoints, network.Dimensions);
            if (predictor._index is not null)
            {
                Shortlist = new int[predictor._width];
                Similarities = new float[predictor._width];
                Products = new float[predictor._width];
            }
        }

        public DocumentEncoder.Scratch Encoder { get; }

        public HybridScorer.Scratch? Hybrid { get; private set; }

        /// <summary>z with a constant 1 behind it.</summary>
        public DenseMatrix Encodings { get; }

        /// <summary>z of unit length.</summary>
        public DenseMatrix Units { get; }

        /// <summary>Candidates a document, as reserved.</summary>
        public int CandidateCount { get; private set; }

        public int[] Shortlist { get; } = [];

        public float[] Similarities { get; } = [];

        /// <summary>Where labels are found by embedding and centroid both.</summary>
        public JointShortlist? Joint { get; private set; }

        public float[] Products { get; private set; } = [];

        /// <summary>Makes room for this many candidates a document.</summary>
        public void Reserve(int candidates)
        {
            if (candidates == CandidateCount)
                return;
            CandidateCount = candidates;
            _labels = new int[BlockPoints * candidates];
            _logits = new float[BlockPoints * candidates];
            _cosines = new float[candidates];
            Hybrid ??= _predictor._hybrid?.CreateScratch();
            if (_predictor._centroids is { } centroids)
                Joint = new JointShortlist(centroids, _predictor._labelEmbeddings, _predictor._kernels, _predictor._width, candidates);
            if (_predictor._index is null)
            {
                var classifier = _predictor._network.Classifier;
                Products = new float[_predictor._kernels.InnerProductTopKScratch(BlockPoints, classifier.RowCount, classifier.Stride, candidates)];
            }
        }

        public Span<int> Labels(int i) => _labels.AsSpan(i * CandidateCount, CandidateCount);

        public Span<float> Logits(int i) => _logits.AsSpan(i * CandidateCount, CandidateCount);

        public Span<int> AllLabels(int count) => _labels.AsSpan(0, count * CandidateCount);

        public Span<float> AllLogits(int count) => _logits.AsSpan(0, count * CandidateCount);

        public Span<float> Cosines(int count) => _cosines.AsSpan(0, count);

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
