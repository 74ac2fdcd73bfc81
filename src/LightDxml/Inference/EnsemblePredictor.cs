using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Inference;

/// <summary>
/// Predicts with several models of the same data set: the mean of their scores. Each member ranks its own best labels; a label
/// that a member does not rank counts as one that it scores with 0.
/// </summary>
public sealed class EnsemblePredictor : IDisposable
{
    /// <summary>Labels that each member ranks at least: beyond them scores are close to 0.</summary>
    private const int MemberRanks = 50;
    private const int BlockPoints = 64;

    private readonly Predictor[] _members;
    private readonly int _threads;

    /// <param name="threads">Threads of batch prediction; 0 takes every processor.</param>
    /// <exception cref="LightDxmlException">The models disagree in their features, labels or vocabularies.</exception>
    public EnsemblePredictor(IReadOnlyList<Model> models, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(models);
        EnsembleMembers.Check(models);
        _members = [.. models.Select(model => new Predictor(model, threads))];
        _threads = threads;
    }

    public int LabelCount => _members[0].LabelCount;

    /// <summary>The <paramref name="top"/> best labels of every point; ties go to the lower row.</summary>
    /// <exception cref="LightDxmlException">The points have features that the models do not know.</exception>
    public RankedLabels Predict(SparseMatrix features, int top)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        if (_members.Length == 1)
            return _members[0].Predict(features, top);
        RankedLabels[] rankings = [.. _members.Select(member => member.Predict(features, Math.Max(top, MemberRanks)))];
        var predictions = new RankedLabels(features.RowCount, LabelCount, Math.Min(top, LabelCount));
        RowRanges.ForEach(features.RowCount, BlockPoints, _threads, (first, end) =>
        {
            var sums = new Dictionary<int, float>();
            for (var point = first; point < end; point++)
            {
                sums.Clear();
                foreach (var ranking in rankings)
                {
                    var labels = ranking.Labels(point);
                    var scores = ranking.Scores(point);
                    for (var j = 0; j < labels.Length && labels[j] >= 0; j++)
                        sums[labels[j]] = sums.GetValueOrDefault(labels[j]) + scores[j];
                }

                var best = new BestRows<float>(predictions.Labels(point), predictions.Scores(point));
                foreach (var (label, sum) in sums)
                    best.Offer(label, sum);
                foreach (ref var score in predictions.Scores(point))
                    score /= rankings.Length;
            }
        });
        return predictions;
    }

    public void Dispose()
    {
        foreach (var member in _members)
            member.Dispose();
    }
}
