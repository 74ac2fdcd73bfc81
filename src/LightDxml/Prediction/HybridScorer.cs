using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;

namespace LightDxml.Prediction;

/// <summary>Combines the dense classifier's logits with the sparse classifier's margins and the shortlist's similarities.</summary>
internal sealed class HybridScorer(SparseClassifier sparse, ScoreWeights weights, DenseMatrix labelEmbeddings, KernelSet kernels)
{
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
        Signals(columns, values, unitEncoding, candidates, margins, cosines, scratch);
        for (var j = 0; j < candidates.Length; j++)
        {
            logits[j] = candidates[j] < 0
                ? float.NegativeInfinity
                : weights.Logit * logits[j] + weights.Margin * margins[j] + weights.Cosine * cosines[j] + weights.Intercept;
        }
    }

    /// <summary>The margins and cosines of the candidates.</summary>
    public void Signals(
        ReadOnlySpan<int> columns, ReadOnlySpan<float> values, ReadOnlySpan<float> unitEncoding,
        ReadOnlySpan<int> candidates, Span<float> margins, Span<float> cosines, Scratch scratch)
    {
        var document = scratch.Document;
        for (var j = 0; j < columns.Length; j++)
            document[columns[j]] = values[j];
        sparse.Margins(document, candidates, margins);
        foreach (var column in columns)
            document[column] = 0;
        kernels.ShortlistLogits(unitEncoding, labelEmbeddings.Span, labelEmbeddings.Stride, labelEmbeddings.Stride, candidates, cosines);
    }

    public Scratch CreateScratch(int candidates) => new(sparse.Weights.ColumnCount, candidates);

    /// <summary>What one thread needs to score; the document's zeros are kept between calls.</summary>
    public sealed class Scratch(int featureCount, int candidates)
    {
        private readonly float[] _margins = new float[candidates];
        private readonly float[] _cosines = new float[candidates];

        public float[] Document { get; } = new float[featureCount];

        public Span<float> Margins(int count) => _margins.AsSpan(0, count);

        public Span<float> Cosines(int count) => _cosines.AsSpan(0, count);
    }
}
