using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Models;
using Microsoft.Extensions.ObjectPool;

namespace LightDxml.Inference;

/// <summary>
/// Predicts with several models of the same data set: the mean of their scores. Each member ranks its own best labels; a label
/// that a member does not rank counts as one that it scores with 0. Ties go to the lower row.
/// </summary>
internal sealed class EnsemblePredictor : LabelRanker
{
    /// <summary>Labels that each member ranks at least: beyond them scores are close to 0.</summary>
    private const int MemberRanks = 100;
    private const int BlockDocuments = 64;

    private readonly Predictor[] _members;
    private readonly int _threads;
    private readonly ObjectPool<Scratch> _scratch;

    /// <param name="threads">Threads of batch prediction; 0 takes every processor.</param>
    /// <exception cref="LightDxmlException">The models disagree in their features, labels or vocabularies.</exception>
    public EnsemblePredictor(IReadOnlyList<Model> models, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(models);
        EnsembleMembers.Check(models);
        _members = [.. models.Select(model => new Predictor(model, threads))];
        _threads = threads;
        _scratch = new DefaultObjectPool<Scratch>(new DefaultPooledObjectPolicy<Scratch>(), ScratchPools.Retained);
    }

    public override int FeatureCount => _members[0].FeatureCount;

    public override int LabelCount => _members[0].LabelCount;

    // Members have the same label frequencies, and so the same factors.
    public override float[] TailFactors => _members[0].TailFactors;

    public override string? Note => _members.Select(member => member.Note).FirstOrDefault(note => note is not null);

    public override void Dispose()
    {
        foreach (var member in _members)
            member.Dispose();
        base.Dispose();
    }

    protected override void RankMany(SparseMatrix documents, RankedLabels predictions, int threads, CancellationToken cancellation) =>
        Join([.. _members.Select(member => member.Predict(documents, Math.Max(predictions.Width, MemberRanks), threads, cancellation))], predictions, threads);

    // The mean of the members' log odds. A label that a member does not rank counts as the last one that it ranks.
    protected override void RankByLogOdds(SparseMatrix documents, RankedLabels predictions, int threads, CancellationToken cancellation)
    {
        RankedLabels[] rankings = [.. _members.Select(member => member.PredictLogOdds(documents, Math.Max(predictions.Width, MemberRanks), threads, cancellation))];
        var least = new float[documents.RowCount];
        foreach (var ranking in rankings)
        {
            for (var document = 0; document < least.Length; document++)
            {
                var ranked = ranking.Scores(document)[..ranking.RankedCount(document)];
                if (ranked.IsEmpty)
                    continue;
                var last = ranked[^1];
                least[document] += last / rankings.Length;
                TensorPrimitives.Subtract(ranked, last, ranked);
            }
        }

        Join(rankings, predictions, threads);
        for (var document = 0; document < least.Length; document++)
            TensorPrimitives.Add(predictions.Scores(document), least[document], predictions.Scores(document));
    }

    private void Join(RankedLabels[] rankings, RankedLabels predictions, int threads)
    {
        RowRanges.ForEach(predictions.PointCount, BlockDocuments, threads > 0 ? threads : _threads, (first, end) =>
        {
            var scratch = _scratch.Get();
            for (var document = first; document < end; document++)
            {
                foreach (var ranking in rankings)
                    scratch.Add(ranking.Labels(document), ranking.Scores(document));
                scratch.TakeBest(rankings.Length, predictions.Labels(document), predictions.Scores(document));
            }

            _scratch.Return(scratch);
        });
    }

    protected override void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
    {
        var scratch = _scratch.Get();
        var ranks = Math.Min(LabelCount, Math.Max(labels.Length, MemberRanks));
        scratch.Reserve(ranks);
        foreach (var member in _members)
        {
            member.Predict(columns, values, scratch.Labels, scratch.Scores);
            scratch.Add(scratch.Labels, scratch.Scores);
        }

        scratch.TakeBest(_members.Length, labels, scores);
        _scratch.Return(scratch);
    }

    /// <summary>Adds up the members' scores of one document after the other.</summary>
    private sealed class Scratch
    {
        private readonly Dictionary<int, float> _sums = [];

        public int[] Labels { get; private set; } = [];

        public float[] Scores { get; private set; } = [];

        /// <summary>Makes room for one member's ranking.</summary>
        public void Reserve(int ranks)
        {
            if (Labels.Length != ranks)
                (Labels, Scores) = (new int[ranks], new float[ranks]);
        }

        public void Add(ReadOnlySpan<int> labels, ReadOnlySpan<float> scores)
        {
            for (var j = 0; j < labels.Length && labels[j] >= 0; j++)
                _sums[labels[j]] = _sums.GetValueOrDefault(labels[j]) + scores[j];
        }

        public void TakeBest(int members, Span<int> labels, Span<float> scores)
        {
            var best = new BestRows<float>(labels, scores);
            foreach (var (label, sum) in _sums)
                best.Offer(label, sum);
            foreach (ref var score in scores)
                score /= members;
            _sums.Clear();
        }
    }
}
