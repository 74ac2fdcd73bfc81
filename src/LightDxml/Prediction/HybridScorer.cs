using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Linear;
using LightDxml.Models;

namespace LightDxml.Prediction;

/// <summary>
/// Combines a candidate's signals to its score: the dense classifier's logit, the sparse classifier's margin, the
/// similarities of label embedding and sparse centroid, and the label's frequency.
/// </summary>
internal sealed class HybridScorer
{
    private readonly SparseClassifier _sparse;
    private readonly SparseMatrix? _centroids;
    private readonly DenseMatrix _labelEmbeddings;
    private readonly ScoreWeights _weights;
    private readonly KernelSet _kernels;
    private readonly float[] _marginWeights;
    private readonly float[] _offsets;

    /// <param name="model">A model with a sparse classifier.</param>
    public HybridScorer(Model model, KernelSet kernels)
    {
        _sparse = model.Sparse!;
        _centroids = model.Centroids;
        _labelEmbeddings = model.LabelEmbeddings;
        _weights = model.ScoreWeights ?? ScoreWeights.Unfitted;
        _kernels = kernels;
        _marginWeights = new float[model.LabelCount];
        _offsets = new float[model.LabelCount];
        for (var label = 0; label < model.LabelCount; label++)
        {
            var frequency = ScoreWeights.FrequencySignal(model.LabelFrequencies?[label] ?? 0);
            _marginWeights[label] = _weights.Margin + _weights.FrequencyMargin * frequency;
            _offsets[label] = _weights.Intercept + _weights.Frequency * frequency;
        }
    }

    /// <summary>Scores a document's candidates.</summary>
    /// <param name="columns">The document's features.</param>
    /// <param name="unitEncoding">[embedding stride], of unit length, padded with zeros.</param>
    /// <param name="candidates">[n] label rows, −1 where there is none.</param>
    /// <param name="logits">[n], overwritten with the scores before σ; −∞ where there is no candidate.</param>
    public void Score(
        ReadOnlySpan<int> columns, ReadOnlySpan<float> values, ReadOnlySpan<float> unitEncoding,
        ReadOnlySpan<int> candidates, Span<float> logits, Scratch scratch)
    {
        var margins = scratch.Margins(candidates.Length);
        var cosines = scratch.Cosines(candidates.Length);
        var centroids = scratch.Centroids(candidates.Length);
        Signals(columns, values, unitEncoding, candidates, margins, _weights.Cosine == 0 ? [] : cosines, _weights.Centroid == 0 ? [] : centroids, scratch);
        for (var j = 0; j < candidates.Length; j++)
        {
            if (candidates[j] < 0)
            {
                logits[j] = float.NegativeInfinity;
                continue;
            }

            var score = _weights.Logit * logits[j] + _marginWeights[candidates[j]] * margins[j] + _offsets[candidates[j]];
            if (_weights.Cosine != 0)
                score += _weights.Cosine * cosines[j];
            if (_weights.Centroid != 0)
                score += _weights.Centroid * centroids[j];
            logits[j] = score;
        }
    }

    /// <summary>The margins, cosines and centroid similarities of the candidates.</summary>
    /// <param name="cosines">[n], or empty where they are not wanted.</param>
    /// <param name="centroids">[n], or empty where they are not wanted; zeros in a model without centroids.</param>
    public void Signals(
        ReadOnlySpan<int> columns, ReadOnlySpan<float> values, ReadOnlySpan<float> unitEncoding,
        ReadOnlySpan<int> candidates, Span<float> margins, Span<float> cosines, Span<float> centroids, Scratch scratch)
    {
        var document = scratch.Document;
        for (var j = 0; j < columns.Length; j++)
            document[columns[j]] = values[j];
        _sparse.Margins(document, candidates, margins);
        if (_centroids is null)
            centroids.Clear();
        else if (!centroids.IsEmpty)
            SparseDot.OfRows(_centroids, candidates, document, centroids);
        foreach (var column in columns)
            document[column] = 0;
        if (!cosines.IsEmpty)
            _kernels.ShortlistLogits(unitEncoding, _labelEmbeddings.Span, _labelEmbeddings.Stride, _labelEmbeddings.Stride, candidates, cosines);
    }

    public Scratch CreateScratch(int candidates) => new(_sparse.Weights.ColumnCount, candidates);

    /// <summary>What one thread needs to score; the document's zeros are kept between calls.</summary>
    public sealed class Scratch(int featureCount, int candidates)
    {
        private readonly float[] _margins = new float[candidates];
        private readonly float[] _cosines = new float[candidates];
        private readonly float[] _centroids = new float[candidates];

        public float[] Document { get; } = new float[featureCount];

        public Span<float> Margins(int count) => _margins.AsSpan(0, count);

        public Span<float> Cosines(int count) => _cosines.AsSpan(0, count);

        public Span<float> Centroids(int count) => _centroids.AsSpan(0, count);
    }
}
