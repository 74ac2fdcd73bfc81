using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;
using Microsoft.Extensions.ObjectPool;

namespace LightDxml.Inference;

/// <summary>
/// Predicts labels with a model of LightDXML's own: finds candidates, scores them, takes the best. The score of a dense model
/// is β σ(logit) + (1 − β) σ(cosine); a model with a sparse head combines its signals by its <see cref="ScoreWeights"/>.
/// </summary>
internal sealed class Predictor : LabelRanker
{
    private readonly DenseMatrix _labelEmbeddings;
    private readonly KernelSet _kernels;
    private readonly CandidateFinder _finder;
    private readonly HybridScorer? _hybrid;
    private readonly ObjectPool<HybridScorer.Scratch>? _hybridScratch;
    private readonly float[]? _tailFactors;
    private readonly ScoreCalibration? _calibration;
    private readonly LabelPrior? _prior;
    private readonly LabelPrior? _priorWithoutTail;
    private readonly float _beta;
    private readonly int _candidates;
    private readonly bool _ownsFinder;

    /// <param name="threads">Threads of batch prediction; 0 takes every processor.</param>
    /// <exception cref="LightDxmlException">The tail weight is above 0, but the model does not hold its labels' frequencies.</exception>
    public Predictor(Model model, int threads = 0)
        : this(model, new CandidateFinder(model, null, KernelBackends.Select(), threads), KernelBackends.Select(), ownsFinder: true)
    {
    }

    /// <param name="finder">Finds candidates with the model's network, label embeddings and centroids.</param>
    public Predictor(Model model, CandidateFinder finder, KernelSet kernels, bool ownsFinder = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        FeatureCount = model.FeatureCount;
        LabelCount = model.AllLabelCount;
        _labelEmbeddings = model.LabelEmbeddings;
        _kernels = kernels;
        _finder = finder;
        _ownsFinder = ownsFinder;
        _beta = (float)model.Inference.Beta;
        _candidates = model.Inference.Candidates;
        _tailFactors = TailDial.Factors(model);
        _calibration = model.Calibration;
        _prior = LabelPrior.Of(model, _tailFactors);
        _priorWithoutTail = _tailFactors is null ? _prior : LabelPrior.Of(model, null);
        if (model.Sparse is null)
            return;
        _hybrid = new HybridScorer(model, kernels);
        _hybridScratch = new DefaultObjectPool<HybridScorer.Scratch>(new ScratchPolicy(_hybrid), ScratchPools.Retained);
    }

    /// <summary>What finds the candidates.</summary>
    internal CandidateFinder Finder => _finder;

    public override int FeatureCount { get; }

    public override int LabelCount { get; }

    public override float[] TailFactors => _tailFactors ?? [];

    public override string? Note => _finder.Trouble;

    /// <summary>Whether a score is σ(logit) alone, so that the best logits are the best predictions.</summary>
    private bool LogitRanks => _hybrid is null && _beta >= 1 && _tailFactors is null;

    public override void Dispose()
    {
        if (_ownsFinder)
            _finder.Dispose();
        base.Dispose();
    }

    protected override void RankMany(SparseMatrix documents, RankedLabels predictions, int threads, CancellationToken cancellation) =>
        RankMany(documents, predictions, asLogOdds: false, threads, cancellation);

    protected override void RankByLogOdds(SparseMatrix documents, RankedLabels predictions, int threads, CancellationToken cancellation) =>
        RankMany(documents, predictions, asLogOdds: true, threads, cancellation);

    private void RankMany(SparseMatrix documents, RankedLabels predictions, bool asLogOdds, int threads, CancellationToken cancellation) =>
        _finder.ForEachBlock(documents, CandidatesFor(predictions.Width), threads, (rows, first, count, scratch) =>
        {
            if (_hybrid is not null)
            {
                var hybrid = _hybridScratch!.Get();
                _hybrid.Score(rows, first, count, scratch.Units.Span, scratch.AllLabels(count), scratch.AllNames(count), scratch.AllLogits(count), TopOf(predictions.Width, scratch), hybrid);
                _hybridScratch.Return(hybrid);
            }

            for (var i = 0; i < count; i++)
            {
                var labels = predictions.Labels(first + i);
                var scores = predictions.Scores(first + i);
                if (_prior is null || rows.RowLength(first + i) > 0)
                {
                    TakeBest(i, scratch, asLogOdds, labels, scores);
                }
                else if (!asLogOdds)
                {
                    _prior.CopyTo(labels, scores);
                }
                else
                {
                    _priorWithoutTail!.CopyTo(labels, scores);
                    LogOdds.Replace(scores);
                }
            }
        }, cancellation);

    protected override void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
    {
        if (_prior is not null && columns.IsEmpty)
        {
            _prior.CopyTo(labels, scores);
            return;
        }

        _finder.ForOne(columns, values, CandidatesFor(labels.Length), new Ranking(this, labels, scores), static (columns, values, scratch, ranking) =>
        {
            var predictor = ranking.Predictor;
            if (predictor._hybrid is { } scorer)
            {
                var hybrid = predictor._hybridScratch!.Get();
                scorer.Score(columns, values, scratch.Units.Span, scratch.Labels(0), scratch.Names(0), scratch.Logits(0), predictor.TopOf(ranking.Labels.Length, scratch), hybrid);
                predictor._hybridScratch.Return(hybrid);
            }

            predictor.TakeBest(0, scratch, asLogOdds: false, ranking.Labels, ranking.Scores);
        });
    }

    private int CandidatesFor(int top) => Math.Min(_finder.Most, LogitRanks ? top : Math.Max(top, _candidates));

    /// <summary>How many of the best scores matter: all of them where tail weights change their order.</summary>
    private int TopOf(int asked, CandidateScratch scratch) => _tailFactors is null ? asked : scratch.Labels(0).Length;

    /// <summary>Brings the signals of the block's document i, dense or already joined, to scores and keeps the best.</summary>
    private void TakeBest(int i, CandidateScratch scratch, bool asLogOdds, Span<int> labels, Span<float> scores)
    {
        var candidates = scratch.Labels(i);
        var logits = scratch.Logits(i);
        if (_hybrid is not null || _beta >= 1)
        {
            if (!asLogOdds)
                _kernels.CombineScores(logits, logits, 1, logits);
        }
        else
        {
            var cosines = scratch.Cosines;
            _kernels.ShortlistLogits(
                scratch.Units.Rows(i, 1), _labelEmbeddings.Span, _labelEmbeddings.Stride, _labelEmbeddings.Stride, candidates, cosines);
            _kernels.CombineScores(logits, cosines, _beta, logits);
            if (asLogOdds)
                LogOdds.Replace(logits);
        }

        if (_tailFactors is not null && !asLogOdds)
        {
            for (var j = 0; j < candidates.Length && candidates[j] >= 0; j++)
                logits[j] = (_calibration?.Map(logits[j]) ?? logits[j]) * _tailFactors[candidates[j]];
        }

        // Ties go to the candidate of the higher dense logit.
        _kernels.TopK(logits, labels, scores);
        for (var place = 0; place < labels.Length && labels[place] >= 0; place++)
        {
            labels[place] = candidates[labels[place]];

            // Labels are ranked by their scores; what these stand for is filled in afterwards, so that ties stay what they were.
            if (_calibration is not null && _tailFactors is null && !asLogOdds)
                scores[place] = _calibration.Map(scores[place]);
        }
    }

    private readonly ref struct Ranking(Predictor predictor, Span<int> labels, Span<float> scores)
    {
        public Predictor Predictor { get; } = predictor;

        public Span<int> Labels { get; } = labels;

        public Span<float> Scores { get; } = scores;
    }

    private sealed class ScratchPolicy(HybridScorer scorer) : PooledObjectPolicy<HybridScorer.Scratch>
    {
        public override HybridScorer.Scratch Create() => scorer.CreateScratch();

        public override bool Return(HybridScorer.Scratch scratch) => true;
    }
}
