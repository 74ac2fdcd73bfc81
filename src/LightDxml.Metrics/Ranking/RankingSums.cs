namespace LightDxml.Metrics;

/// <summary>Sums over points of the metrics that are means over points; one object a range of points, added in range order.</summary>
/// <param name="ks">Ascending ranks; every array has one value a rank.</param>
/// <param name="inversePropensities">[labels], or null.</param>
/// <param name="labelCounts">Counts by label to be raised too, or null.</param>
internal sealed class RankingSums(int[] ks, double[]? inversePropensities, LabelCounts? labelCounts)
{
    private double[] _truthWeights = [];

    public int PointsWithoutLabels { get; private set; }

    public long[] Hits { get; } = new long[ks.Length];

    /// <summary>Points without a hit.</summary>
    public long[] Abandoned { get; } = new long[ks.Length];

    public double[] Recall { get; } = new double[ks.Length];

    /// <summary>Hits over as many as there can be.</summary>
    public double[] RPrecision { get; } = new double[ks.Length];

    public double[] Ndcg { get; } = new double[ks.Length];

    /// <summary>Inverse propensities of the hits.</summary>
    public double[] WeightedHits { get; } = new double[ks.Length];

    /// <summary>The largest inverse propensities that k hits can have.</summary>
    public double[] WeightedIdeal { get; } = new double[ks.Length];

    /// <summary>Discounted inverse propensities of the hits over the point's ideal discount sum.</summary>
    public double[] WeightedNdcg { get; } = new double[ks.Length];

    /// <summary>The same of the best attainable ranking.</summary>
    public double[] WeightedNdcgIdeal { get; } = new double[ks.Length];

    /// <param name="ranking">Label rows, best first, −1 where not filled.</param>
    /// <param name="truth">The point's label rows, ascending.</param>
    public void AddPoint(ReadOnlySpan<int> ranking, ReadOnlySpan<int> truth)
    {
        if (truth.IsEmpty)
            PointsWithoutLabels++;
        var truthWeights = WeightsDescending(truth);
        var hits = 0;
        double dcg = 0, idealDcg = 0, weighted = 0, weightedIdeal = 0, weightedDcg = 0, weightedIdealDcg = 0;
        // Behind the last place that holds anything the sums stay as they are, so that only the ranks asked for are looked at.
        var last = Math.Max(ranking.Length, truth.Length);
        for (int rank = 1, slot = 0; slot < ks.Length; rank = rank < last || slot == ks.Length ? rank + 1 : ks[slot])
        {
            var discount = 1 / Math.Log2(rank + 1.0);
            if (rank <= ranking.Length && ranking[rank - 1] is >= 0 and var label)
            {
                var hit = truth.BinarySearch(label) >= 0;
                labelCounts?.Add(slot, label, hit);
                if (hit)
                {
                    var weight = inversePropensities?[label] ?? 0;
                    hits++;
                    dcg += discount;
                    weighted += weight;
                    weightedDcg += weight * discount;
                }
            }

            if (rank <= truth.Length)
            {
                idealDcg += discount;
                weightedIdeal += truthWeights[rank - 1];
                weightedIdealDcg += truthWeights[rank - 1] * discount;
            }

            if (rank < ks[slot])
                continue;
            Hits[slot] += hits;
            Abandoned[slot] += hits == 0 ? 1 : 0;
            if (!truth.IsEmpty)
            {
                Recall[slot] += (double)hits / truth.Length;
                RPrecision[slot] += (double)hits / Math.Min(ks[slot], truth.Length);
                Ndcg[slot] += dcg / idealDcg;
                WeightedHits[slot] += weighted;
                WeightedIdeal[slot] += weightedIdeal;
                WeightedNdcg[slot] += weightedDcg / idealDcg;
                WeightedNdcgIdeal[slot] += weightedIdealDcg / idealDcg;
            }

            slot++;
        }
    }

    public void Add(RankingSums other)
    {
        PointsWithoutLabels += other.PointsWithoutLabels;
        for (var slot = 0; slot < ks.Length; slot++)
        {
            Hits[slot] += other.Hits[slot];
            Abandoned[slot] += other.Abandoned[slot];
            Recall[slot] += other.Recall[slot];
            RPrecision[slot] += other.RPrecision[slot];
            Ndcg[slot] += other.Ndcg[slot];
            WeightedHits[slot] += other.WeightedHits[slot];
            WeightedIdeal[slot] += other.WeightedIdeal[slot];
            WeightedNdcg[slot] += other.WeightedNdcg[slot];
            WeightedNdcgIdeal[slot] += other.WeightedNdcgIdeal[slot];
        }
    }

    public void Clear()
    {
        PointsWithoutLabels = 0;
        Array.Clear(Hits);
        Array.Clear(Abandoned);
        foreach (var sums in (double[][])[Recall, RPrecision, Ndcg, WeightedHits, WeightedIdeal, WeightedNdcg, WeightedNdcgIdeal])
            Array.Clear(sums);
    }

    private ReadOnlySpan<double> WeightsDescending(ReadOnlySpan<int> truth)
    {
        if (_truthWeights.Length < truth.Length)
            _truthWeights = new double[truth.Length * 2];
        var weights = _truthWeights.AsSpan(0, truth.Length);
        if (inversePropensities is null)
            return weights;
        for (var i = 0; i < truth.Length; i++)
            weights[i] = -inversePropensities[truth[i]];
        weights.Sort();
        for (var i = 0; i < weights.Length; i++)
            weights[i] = -weights[i];
        return weights;
    }
}
