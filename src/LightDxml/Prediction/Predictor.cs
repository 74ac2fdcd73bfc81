using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.Shortlists;
using LightDxml.Training;

namespace LightDxml.Prediction;

/// <summary>
/// Predicts labels with a model: encode, find candidates, score, take the best. Candidates are the labels of the highest
/// dense logit: of all labels where they are few enough to look at every one, else of the document's shortlist; a model with
/// sparse centroids takes those of the highest joint similarity of embedding and centroid instead. The score of a dense model
/// is β σ(logit) + (1 − β) σ(cosine); a model with a sparse head combines its signals by its <see cref="ScoreWeights"/>. Safe to use from many threads; results do not depend on batching or threads.
/// </summary>
public sealed partial class Predictor : IDisposable
{
    /// <summary>Points that are shortlisted together; bounds the memory of a prediction over many points.</summary>
    internal int ChunkPoints { get; init; } = 4096;

    private const int BlockPoints = 256;

    private readonly DenseNetwork _network;
    private readonly DenseMatrix _labelEmbeddings;
    private readonly KernelSet _kernels;
    private readonly DocumentEncoder _encoder;
    private readonly ILabelIndex? _index;
    private readonly SparseCentroidIndex? _centroids;
    private readonly bool _ownsIndex;
    private readonly HybridScorer? _hybrid;
    private readonly float[]? _tailFactors;
    private readonly float _beta;
    private readonly int _width;
    private readonly int _candidates;
    private readonly bool _unitRows;
    private readonly int _threads;
    private readonly ThreadLocal<Scratch> _scratch;

    /// <param name="threads">Threads of batch prediction; 0 takes every processor.</param>
    /// <exception cref="LightDxmlException">The tail dial is turned, but the model does not hold its labels' frequencies.</exception>
    public Predictor(Model model, int threads = 0)
        : this(model, null, KernelBackends.Select(), threads)
    {
    }

    /// <param name="index">An index over the label embeddings that is at hand already, or null to build one where it is needed.</param>
    internal Predictor(Model model, ILabelIndex? index, KernelSet kernels, int threads)
    {
        ArgumentNullException.ThrowIfNull(model);
        var options = model.Options;
        _network = model.Network;
        _labelEmbeddings = model.LabelEmbeddings;
        _kernels = kernels;
        _threads = RowRanges.ResolveThreads(threads);
        _encoder = new DocumentEncoder(_network, kernels);
        _unitRows = options.Encoder.UnitRows != UnitLength.False;
        _beta = (float)options.Prediction.Beta;
        _tailFactors = TailDial.Factors(model);
        if (model.Sparse is not null)
            _hybrid = new HybridScorer(model, kernels);
        _width = TrainingPlan.ShortlistWidth(options, LabelCount);
        _candidates = TrainingPlan.CandidateCount(options, LabelCount);
        _ownsIndex = index is null;
        if (TrainingPlan.SearchesIndex(options, LabelCount))
            _index = index ?? LabelIndexes.CreateForPrediction(options.Shortlist, _labelEmbeddings, kernels, _width, _threads, options.Seed);
        if (_index is not null && model.Centroids is { } centroids)
            _centroids = new SparseCentroidIndex(centroids, kernels, model.PartCentroids);
        _scratch = new ThreadLocal<Scratch>(() => new Scratch(this));
    }

    public int LabelCount => _network.LabelCount;

    /// <summary>The label index, or null where every logit is looked at.</summary>
    internal ILabelIndex? Index => _index;

    /// <summary>Whether a score is σ(logit) alone, so that the best logits are the best predictions.</summary>
    private bool LogitRanks => _hybrid is null && _beta >= 1 && _tailFactors is null;

    /// <summary>The <paramref name="top"/> best labels of every point.</summary>
    /// <exception cref="LightDxmlException">The points have features that the model does not know.</exception>
    public RankedLabels Predict(SparseMatrix features, int top)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        var predictions = new RankedLabels(features.RowCount, LabelCount, Math.Min(top, LabelCount));
        ForEachBlock(features, CandidatesFor(predictions.Width), (unitFeatures, first, count, scratch) =>
        {
            _hybrid?.Score(unitFeatures, first, count, scratch.Units.Span, scratch.AllLabels(count), scratch.AllLogits(count), scratch.Hybrid!);
            for (var i = 0; i < count; i++)
                Rank(i, scratch, predictions.Labels(first + i), predictions.Scores(first + i));
        });
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
        if (_unitRows && UnitRows.Scale(values) is not 1 and var scale)
            values = scratch.Scaled(values, scale);
        scratch.Reserve(CandidatesFor(labels.Length));
        _encoder.Encode(columns, values, scratch.Encodings.Row(0)[.._network.Dimensions], scratch.Encoder);
        FinishEncodings(1, scratch);
        if (_index is null)
        {
            Scan(1, scratch);
        }
        else
        {
            _index.Search(scratch.Units.Row(0), scratch.Shortlist, scratch.Similarities);
            KeepBest(columns, values, 0, scratch.Shortlist, scratch.Similarities, scratch);
        }

        _hybrid?.Score(columns, values, scratch.Units.Span, scratch.Labels(0), scratch.Logits(0), scratch.Hybrid!);
        Rank(0, scratch, labels, scores);
    }

    public void Dispose()
    {
        _scratch.Dispose();
        if (_ownsIndex)
            (_index as IDisposable)?.Dispose();
    }

    /// <summary>The candidates of every point with their dense logits, best first: what a head is trained and fitted on.</summary>
    internal RankedLabels Candidates(SparseMatrix features, int count)
    {
        var candidates = new RankedLabels(features.RowCount, LabelCount, CandidatesFor(count));
        ForEachBlock(features, candidates.Width, (_, first, rows, scratch) =>
        {
            for (var i = 0; i < rows; i++)
            {
                scratch.Labels(i).CopyTo(candidates.Labels(first + i));
                scratch.Logits(i).CopyTo(candidates.Scores(first + i));
            }
        });
        return candidates;
    }

    private int CandidatesFor(int top)
    {
        var most = _index is null ? LabelCount : _width;
        return Math.Min(most, LogitRanks ? top : Math.Max(top, _candidates));
    }

    /// <summary>Brings the signals of the block's document i, dense or already joined, to scores and keeps the best.</summary>
    private void Rank(int i, Scratch scratch, Span<int> labels, Span<float> scores)
    {
        var candidates = scratch.Labels(i);
        var logits = scratch.Logits(i);
        if (_hybrid is not null || _beta >= 1)
        {
            _kernels.CombineScores(logits, logits, 1, logits);
        }
        else
        {
            var cosines = scratch.Cosines(candidates.Length);
            _kernels.ShortlistLogits(
                scratch.Units.Rows(i, 1), _labelEmbeddings.Span, _labelEmbeddings.Stride, _labelEmbeddings.Stride, candidates, cosines);
            _kernels.CombineScores(logits, cosines, _beta, logits);
        }

        if (_tailFactors is not null)
        {
            for (var j = 0; j < candidates.Length && candidates[j] >= 0; j++)
                logits[j] *= _tailFactors[candidates[j]];
        }

        // Ties go to the candidate of the higher dense logit.
        _kernels.TopK(logits, labels, scores);
        foreach (ref var label in labels)
            label = label < 0 ? -1 : candidates[label];
    }
}
