using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.Shortlists;
using LightDxml.Training;

namespace LightDxml.Prediction;

/// <summary>
/// Predicts labels with a model: encode, shortlist, score = β σ(logit) + (1 − β) σ(cosine), top k. With few labels every
/// one is scored and no shortlist is needed. Safe to use from many threads; results do not depend on batching or threads.
/// </summary>
public sealed partial class Predictor : IDisposable
{
    /// <summary>Points that are encoded and shortlisted together; bounds the memory of a prediction over many points.</summary>
    private const int ChunkPoints = 4096;
    private const int BlockPoints = 32;

    /// <summary>Up to this many labels, scoring every one exactly costs less than a good shortlist.</summary>
    private const int ScanLabels = 8192;

    private readonly DenseNetwork _network;
    private readonly DenseMatrix _labelEmbeddings;
    private readonly KernelSet _kernels;
    private readonly DocumentEncoder _encoder;
    private readonly ILabelIndex? _index;
    private readonly float _beta;
    private readonly int _width;
    private readonly int _threads;
    private readonly ThreadLocal<Scratch> _scratch;

    /// <param name="threads">Threads of batch prediction; 0 takes every processor.</param>
    public Predictor(Model model, int threads = 0)
        : this(Checked(model).Network, model.LabelEmbeddings, model.Options, null, KernelBackends.Select(), threads)
    {
    }

    /// <param name="index">An index over the label embeddings that is at hand already, or null to build one where it is needed.</param>
    internal Predictor(
        DenseNetwork network, DenseMatrix labelEmbeddings, TrainingOptions options, ILabelIndex? index, KernelSet kernels, int threads)
    {
        _network = network;
        _labelEmbeddings = labelEmbeddings;
        _kernels = kernels;
        _threads = RowRanges.ResolveThreads(threads);
        _encoder = new DocumentEncoder(network, kernels);
        _beta = (float)options.Prediction.Beta;
        _width = TrainingPlan.ShortlistWidth(options, network.LabelCount);
        if (network.LabelCount > ScanLabels && _width < network.LabelCount)
            _index = index ?? LabelIndexes.Create(options.Shortlist, labelEmbeddings, kernels, _width, _threads, out _);
        _scratch = new ThreadLocal<Scratch>(() => new Scratch(this));
    }

    public int LabelCount => _network.LabelCount;

    /// <summary>The <paramref name="top"/> best labels of every point.</summary>
    /// <exception cref="LightDxmlException">The points have features that the model does not know.</exception>
    public RankedLabels Predict(SparseMatrix features, int top)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        _encoder.CheckFeatures(features);
        var predictions = new RankedLabels(features.RowCount, LabelCount, Math.Min(top, LabelCount));
        if (_index is null)
        {
            RowRanges.ForEach(features.RowCount, BlockPoints, _threads, (first, end) => Scan(features, first, end, predictions));
            return predictions;
        }

        for (var first = 0; first < features.RowCount; first += ChunkPoints)
            PredictChunk(features, first, Math.Min(features.RowCount, first + ChunkPoints), predictions);
        return predictions;
    }

    /// <summary>The best labels of one document, in the caller's thread; allocates nothing once the thread has predicted before.</summary>
    /// <param name="columns">Feature columns, below the model's feature count.</param>
    /// <param name="values">As many values.</param>
    /// <param name="labels">[top], overwritten with label rows, best first, −1 where there is none.</param>
    /// <param name="scores">[top], overwritten.</param>
    public void Predict(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
    {
        var scratch = _scratch.Value!;
        var encoding = scratch.Encodings.Rows(0, 1);
        _encoder.Encode(columns, values, encoding[.._network.Dimensions], scratch.Encoder);
        if (_index is null)
        {
            encoding[_network.Dimensions] = 1;
            ScanBlock(1, scratch, labels, scores);
            return;
        }

        var unit = scratch.Unit.Rows(0, 1);
        _kernels.NormalizeRows(encoding, 1, _network.Dimensions, unit.Length, unit);
        _index.Search(unit[.._network.Dimensions], scratch.Candidates, scratch.Similarities);
        encoding[_network.Dimensions] = 1;
        Rank(encoding, scratch.Candidates, scratch.Similarities, scratch, labels, scores);
    }

    public void Dispose() => _scratch.Dispose();

    private static Model Checked(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model;
    }

    private void PredictChunk(SparseMatrix features, int first, int end, RankedLabels predictions)
    {
        var count = end - first;
        var encodings = new DenseMatrix(count, _network.Dimensions + 1);
        var units = new DenseMatrix(count, _network.Dimensions);
        RowRanges.ForEach(count, BlockPoints, _threads, (from, to) =>
        {
            var rows = encodings.Rows(from, to - from);
            _encoder.Encode(features, first + from, first + to, rows, encodings.Stride, _scratch.Value!.Encoder);
            for (var i = from; i < to; i++)
            {
                encodings.Row(i)[.._network.Dimensions].CopyTo(units.Row(i));
                encodings.Row(i)[_network.Dimensions] = 1;
            }

            var unitRows = units.Rows(from, to - from);
            _kernels.NormalizeRows(unitRows, to - from, units.Dimensions, units.Stride, unitRows);
        });
        var shortlist = new RankedLabels(count, LabelCount, _width);
        _index!.Search(units, shortlist, _threads);
        RowRanges.ForEach(count, BlockPoints, _threads, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                Rank(
                    encodings.Rows(i, 1), shortlist.Labels(i), shortlist.Scores(i), _scratch.Value!,
                    predictions.Labels(first + i), predictions.Scores(first + i));
            }
        });
    }

    /// <summary>Scores a document's candidates and keeps the best.</summary>
    private void Rank(
        ReadOnlySpan<float> encoding, ReadOnlySpan<int> candidates, ReadOnlySpan<float> similarities, Scratch scratch,
        Span<int> labels, Span<float> scores)
    {
        var combined = scratch.Scores.AsSpan(0, candidates.Length);
        var classifier = _network.Classifier;
        _kernels.ShortlistLogits(encoding, classifier.Span, classifier.Stride, classifier.Stride, candidates, combined);
        _kernels.CombineScores(combined, similarities, _beta, combined);

        // Label rows in the order of candidates: ties go to the better shortlisted label.
        _kernels.TopK(combined, labels, scores);
        foreach (ref var label in labels)
            label = label < 0 ? -1 : candidates[label];
    }
}
