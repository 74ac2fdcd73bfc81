using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Kernels.Linear;
using LightDxml.Models;
using LightDxml.Names;

namespace LightDxml.Inference;

/// <summary>
/// Combines a candidate's signals to its score: the dense classifier's logit, the sparse classifier's margin, the
/// similarities of label embedding and sparse centroid, and the label's frequency.
/// </summary>
internal sealed class HybridScorer
{
    private const float RoundingAllowance = 1.001f;

    // Between these scores before σ, σ in single precision tells scores apart that differ by a thousandth.
    private const float DistinctUpTo = 8;
    private const float DistinctDownTo = 60;

    private readonly SparseClassifier _sparse;
    private readonly DenseMatrix _labelEmbeddings;
    private readonly KernelSet _kernels;
    private readonly float _logitWeight;
    private readonly float _cosineWeight;
    private readonly float _greatestCosine;
    private readonly float _coverageWeight;
    private readonly UnseenWeights? _unseen;

    // Of each label without training documents what of its score does not depend on the document.
    private readonly float[] _unseenOffsets = [];
    private readonly int _trained;

    // Of each label the weight of its names' similarity, or null where names do not count.
    private readonly float[]? _nameWeights;

    // What of a score is linear in the document's features is one sparse row per label, and what is constant one number.
    private readonly WeightedRowSum _rows;
    private readonly float[] _offsets;

    /// <param name="model">A model with a sparse classifier.</param>
    public HybridScorer(Model model, KernelSet kernels)
    {
        _sparse = model.Sparse!;
        _labelEmbeddings = model.LabelEmbeddings;
        _kernels = kernels;
        var weights = model.ScoreWeights ?? ScoreWeights.Unfitted;
        _logitWeight = weights.Logit;
        _cosineWeight = weights.Cosine;
        if (_cosineWeight != 0)
            _greatestCosine = Math.Abs(_cosineWeight) * GreatestLength(_labelEmbeddings) * RoundingAllowance;
        var marginWeights = new float[model.LabelCount];
        _offsets = new float[model.LabelCount];
        for (var label = 0; label < model.LabelCount; label++)
        {
            var frequency = ScoreWeights.FrequencySignal(model.LabelFrequencies?[label] ?? 0);
            marginWeights[label] = weights.Margin + weights.FrequencyMargin * frequency;
            _offsets[label] = weights.Intercept + weights.Frequency * frequency + marginWeights[label] * _sparse.Biases[label];
        }

        _unseen = weights.Unseen;
        if (_unseen is not null && model.NameStatistics is { } statistics)
            _unseenOffsets = _unseen.Offsets(statistics);
        _trained = model.LabelCount;
        _coverageWeight = weights.NameCoverage;
        if (model.Names is not null && weights.CountsNames)
            _nameWeights = [.. Enumerable.Range(0, model.LabelCount).Select(label => weights.Name + weights.FrequencyName * ScoreWeights.FrequencySignal(model.LabelFrequencies?[label] ?? 0))];
        _rows = new WeightedRowSum(_sparse.Weights, marginWeights, weights.Centroid == 0 ? null : model.Centroids, weights.Centroid);
    }

    /// <summary>Scores the candidates of a block of documents.</summary>
    /// <param name="units">[count, embedding stride], the documents' encodings of unit length, padded with zeros.</param>
    /// <param name="candidates">[count, n] label rows, −1 where there is none.</param>
    /// <param name="names">[count, n] what the candidates' names have in common with the document; empty where names do not count.</param>
    /// <param name="logits">
    /// [count, n], overwritten with the scores before σ; −∞ where there is no candidate, or one that cannot be among the document's best.
    /// </param>
    /// <param name="top">How many of a document's best scores are asked for; n where the scores of all matter.</param>
    public void Score(
        SparseMatrix documents, int first, int count, ReadOnlySpan<float> units, ReadOnlySpan<int> candidates, ReadOnlySpan<NameSignal> names,
        Span<float> logits, int top, Scratch scratch)
    {
        var linear = scratch.Linear(candidates.Length);
        var trained = Trained(candidates, scratch);
        scratch.Products.Of(_rows, documents, first, count, trained, linear);
        Finish(count, units, trained, linear, names, logits, top, scratch);
        ScoreUnseen(candidates, names, logits);
    }

    /// <summary>Scores the candidates of one document, with the same bits.</summary>
    /// <param name="columns">The document's features.</param>
    public void Score(
        ReadOnlySpan<int> columns, ReadOnlySpan<float> values, ReadOnlySpan<float> unit, ReadOnlySpan<int> candidates, ReadOnlySpan<NameSignal> names,
        Span<float> logits, int top, Scratch scratch)
    {
        var linear = scratch.Linear(candidates.Length);
        var trained = Trained(candidates, scratch);
        scratch.Products.Of(_rows, columns, values, trained, linear);
        Finish(1, unit, trained, linear, names, logits, top, scratch);
        ScoreUnseen(candidates, names, logits);
    }

    /// <summary>The candidates with training documents; the others are −1.</summary>
    private ReadOnlySpan<int> Trained(ReadOnlySpan<int> candidates, Scratch scratch)
    {
        if (_unseen is null)
            return candidates;
        var trained = scratch.Trained(candidates.Length);
        for (var j = 0; j < candidates.Length; j++)
            trained[j] = candidates[j] < _trained ? candidates[j] : -1;
        return trained;
    }

    private void ScoreUnseen(ReadOnlySpan<int> candidates, ReadOnlySpan<NameSignal> names, Span<float> logits)
    {
        if (_unseen is null)
            return;
        for (var j = 0; j < candidates.Length; j++)
        {
            if (candidates[j] >= _trained)
                logits[j] = _unseenOffsets[candidates[j] - _trained] + _unseen.Similarity * names[j].Similarity + _unseen.Coverage * names[j].Coverage + _unseen.Information * names[j].Information;
        }
    }

    private void Finish(
        int count, ReadOnlySpan<float> units, ReadOnlySpan<int> candidates, ReadOnlySpan<float> linear, ReadOnlySpan<NameSignal> names,
        Span<float> logits, int top, Scratch scratch)
    {
        for (var j = 0; j < candidates.Length; j++)
            logits[j] = candidates[j] < 0 ? float.NegativeInfinity : _logitWeight * logits[j] + linear[j] + _offsets[candidates[j]];
        var nameTerms = NameTerms(candidates, names, scratch);
        if (_cosineWeight != 0)
        {
            var (width, stride) = (candidates.Length / Math.Max(1, count), _labelEmbeddings.Stride);
            for (var i = 0; i < count; i++)
            {
                AddCosines(
                    units.Slice(i * stride, stride), candidates.Slice(i * width, width), nameTerms.IsEmpty ? nameTerms : nameTerms.Slice(i * width, width),
                    logits.Slice(i * width, width), top, scratch);
            }
        }

        for (var j = 0; j < nameTerms.Length; j++)
            logits[j] += nameTerms[j];
    }

    /// <summary>What the candidates' names add to their scores; empty where names do not count.</summary>
    private ReadOnlySpan<float> NameTerms(ReadOnlySpan<int> candidates, ReadOnlySpan<NameSignal> names, Scratch scratch)
    {
        if (_nameWeights is null)
            return [];
        var terms = scratch.NameTerms(names.Length);
        for (var j = 0; j < names.Length; j++)
            terms[j] = candidates[j] < 0 ? 0 : _nameWeights[candidates[j]] * names[j].Similarity + _coverageWeight * names[j].Coverage;
        return terms;
    }

    /// <summary>
    /// Adds the similarity of embeddings, the dearest signal, to the scores of one document's candidates, but takes those out that could
    /// not be among the best even if theirs were the greatest possible and all others' the least.
    /// </summary>
    private void AddCosines(
        ReadOnlySpan<float> unit, ReadOnlySpan<int> candidates, ReadOnlySpan<float> nameTerms, Span<float> logits, int top, Scratch scratch)
    {
        var without = scratch.Without(logits.Length);
        logits.CopyTo(without);
        if (!nameTerms.IsEmpty)
            TensorPrimitives.Add(without, nameTerms, without);
        var least = LeastOfBest(without, top, scratch);
        var kept = 0;
        var labels = scratch.Kept(candidates.Length);
        var places = scratch.KeptPlaces(candidates.Length);
        for (var j = 0; j < candidates.Length; j++)
        {
            if (without[j] + _greatestCosine < least)
                logits[j] = float.NegativeInfinity;
            else if (candidates[j] >= 0)
                (labels[kept], places[kept++]) = (candidates[j], j);
        }

        var cosines = scratch.Cosines(kept);
        Cosines(_kernels, _labelEmbeddings, 1, unit, labels[..kept], cosines);
        for (var j = 0; j < kept; j++)
            logits[places[j]] += _cosineWeight * cosines[j];
    }

    /// <summary>What the last of the best scores is at least; −∞ where nothing can be said.</summary>
    private float LeastOfBest(ReadOnlySpan<float> without, int top, Scratch scratch)
    {
        if (top >= without.Length)
            return float.NegativeInfinity;
        var best = scratch.Best(top);
        _kernels.TopK(without, scratch.BestPlaces(top), best);

        // Beyond, scores that differ have a σ that does not, and ties are decided by the candidates' order.
        var least = Math.Min(best[^1] - _greatestCosine, DistinctUpTo);
        return least < -DistinctDownTo ? float.NegativeInfinity : least;
    }

    private static float GreatestLength(DenseMatrix rows)
    {
        var greatest = 0f;
        for (var row = 0; row < rows.RowCount; row++)
            greatest = Math.Max(greatest, TensorPrimitives.Norm(rows.Row(row)));
        return greatest;
    }

    /// <summary>The similarities of the documents' encodings and their candidates' label embeddings.</summary>
    /// <param name="units">[count, embedding stride], of unit length.</param>
    public static void Cosines(
        KernelSet kernels, DenseMatrix labelEmbeddings, int count, ReadOnlySpan<float> units, ReadOnlySpan<int> candidates, Span<float> cosines)
    {
        var (width, stride) = (candidates.Length / Math.Max(1, count), labelEmbeddings.Stride);
        for (var i = 0; i < count; i++)
        {
            kernels.ShortlistLogits(
                units.Slice(i * stride, stride), labelEmbeddings.Span, stride, stride, candidates.Slice(i * width, width), cosines.Slice(i * width, width));
        }
    }

    public Scratch CreateScratch() => new(_sparse.Weights);

    /// <summary>What one thread needs to score.</summary>
    public sealed class Scratch(SparseMatrix weights)
    {
        private float[] _linear = [];
        private float[] _cosines = [];
        private float[] _nameTerms = [];
        private float[] _without = [];
        private float[] _best = [];
        private int[] _bestPlaces = [];
        private int[] _kept = [];
        private int[] _keptPlaces = [];
        private int[] _trained = [];

        public PairProducts Products { get; } = new(weights.RowCount, weights.ColumnCount);

        public Span<float> Linear(int count) => Grown(ref _linear, count);

        public Span<float> Cosines(int count) => Grown(ref _cosines, count);

        public Span<float> NameTerms(int count) => Grown(ref _nameTerms, count);

        public Span<float> Without(int count) => Grown(ref _without, count);

        public Span<float> Best(int count) => Grown(ref _best, count);

        public Span<int> BestPlaces(int count) => Grown(ref _bestPlaces, count);

        public Span<int> Kept(int count) => Grown(ref _kept, count);

        public Span<int> KeptPlaces(int count) => Grown(ref _keptPlaces, count);

        public Span<int> Trained(int count) => Grown(ref _trained, count);

        private static Span<T> Grown<T>(ref T[] values, int count)
        {
            if (values.Length < count)
                values = new T[count];
            return values.AsSpan(0, count);
        }
    }
}
