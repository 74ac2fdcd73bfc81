using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>One of the first k places of a point, by the label that stands there.</summary>
/// <param name="Slot">Index of the smallest cut-off k that includes this place.</param>
internal readonly record struct LabelPlace(int Point, short Slot, bool IsHit);

/// <summary>
/// The test points and places of every test label, by label: the material of metrics that are means over labels, for test
/// sets in which points count several times or not at all.
/// </summary>
internal sealed class LabelPlaces
{
    private readonly int _slots;
    private readonly int[] _testLabels;

    // The points of label row l from starts[l] to starts[l + 1].
    private readonly int[] _truthStarts;
    private readonly int[] _truthPoints;

    // The places of label row l from starts[l] to starts[l + 1]; none of labels that no test point has.
    private readonly int[] _starts;
    private readonly LabelPlace[] _places;
    private readonly bool[] _hasHit;

    private LabelPlaces(RankedLabels predictions, SparseMatrix truth, int[] ks)
    {
        _slots = ks.Length;
        var frequencies = LabelFrequencies.Count(truth);
        _testLabels = [.. Enumerable.Range(0, truth.ColumnCount).Where(label => frequencies[label] > 0)];
        (_truthStarts, _truthPoints) = PointsByLabel(truth, frequencies);
        _hasHit = new bool[truth.ColumnCount];
        _starts = new int[truth.ColumnCount + 1];
        var width = Math.Min(ks[^1], predictions.Width);
        for (var point = 0; point < truth.RowCount; point++)
            foreach (var label in predictions.Labels(point)[..width])
                if (label >= 0 && frequencies[label] > 0)
                    _starts[label + 1]++;
        for (var label = 0; label < truth.ColumnCount; label++)
            _starts[label + 1] += _starts[label];

        // Sorted by counting, so that a label's places stay in the order of points.
        var next = _starts.AsSpan(0, truth.ColumnCount).ToArray();
        _places = new LabelPlace[_starts[^1]];
        var slots = Enumerable.Range(0, width).Select(place => (short)Array.FindIndex(ks, k => place < k)).ToArray();
        for (var point = 0; point < truth.RowCount; point++)
        {
            var ranked = predictions.Labels(point)[..width];
            var relevant = truth.RowColumns(point);
            for (var place = 0; place < width; place++)
            {
                if (ranked[place] is not (>= 0 and var label) || frequencies[label] == 0)
                    continue;
                var isHit = relevant.BinarySearch(label) >= 0;
                _places[next[label]++] = new LabelPlace(point, slots[place], isHit);
                _hasHit[label] |= isHit;
            }
        }
    }

    /// <summary>The means over labels, in the order of <see cref="Average"/>.</summary>
    public static IReadOnlyList<RankingMetric> Metrics { get; } =
        [RankingMetric.MacroPrecision, RankingMetric.MacroRecall, RankingMetric.MacroF1, RankingMetric.Coverage];

    /// <summary>Rows of the labels that a test point has.</summary>
    public IReadOnlyList<int> TestLabels => _testLabels;

    /// <summary>Ranks k.</summary>
    public int Slots => _slots;

    /// <param name="predictions">Checked against <paramref name="truth"/>.</param>
    public static LabelPlaces Of(RankedLabels predictions, SparseMatrix truth, int[] ks) => new(predictions, truth, ks);

    /// <summary>Where <see cref="Average"/> puts a metric.</summary>
    public static int Index(RankingMetric metric, int slot, int slots) => (metric - RankingMetric.MacroPrecision) * slots + slot;

    /// <summary>Points that have a label.</summary>
    public ReadOnlySpan<int> TruthPoints(int label) => _truthPoints.AsSpan(_truthStarts[label].._truthStarts[label + 1]);

    public bool HasHit(int label) => _hasHit[label];

    /// <summary>By point, ascending.</summary>
    public ReadOnlySpan<LabelPlace> Places(int label) => _places.AsSpan(_starts[label].._starts[label + 1]);

    /// <summary>Means over the labels that are left where point i counts counts[i] times.</summary>
    /// <param name="averages">[metrics × slots], overwritten.</param>
    public void Average(ReadOnlySpan<int> counts, Span<double> averages)
    {
        averages.Clear();
        Span<long> places = stackalloc long[_slots];
        Span<long> hits = stackalloc long[_slots];
        var testLabels = 0;
        foreach (var label in _testLabels)
        {
            if (!_hasHit[label])
            {
                testLabels += IsDrawn(TruthPoints(label), counts) ? 1 : 0;
                continue;
            }

            var points = 0L;
            foreach (var point in TruthPoints(label))
                points += counts[point];
            if (points == 0)
                continue;
            testLabels++;
            places.Clear();
            hits.Clear();
            foreach (var place in Places(label))
            {
                places[place.Slot] += counts[place.Point];
                hits[place.Slot] += place.IsHit ? counts[place.Point] : 0;
            }

            Add(places, hits, points, sign: 1, averages);
        }

        foreach (ref var average in averages)
            average /= Math.Max(1, testLabels);
    }

    /// <summary>Adds a label's precision, recall, F1 and coverage at each rank, from its places and hits between the ranks.</summary>
    public static void Add(ReadOnlySpan<long> places, ReadOnlySpan<long> hits, long points, double sign, Span<double> sums)
    {
        var slots = places.Length;
        var (allPlaces, allHits) = (0L, 0L);
        double precision = 0, recall = 0, f1 = 0;
        for (var slot = 0; slot < slots; slot++)
        {
            allPlaces += places[slot];
            allHits += hits[slot];
            if (allHits == 0)
                continue;
            // Divisions are what this costs; of rare labels the places beyond the first ranks are few.
            if (slot == 0 || places[slot] > 0)
                (precision, recall, f1) = (sign * allHits / allPlaces, sign * allHits / points, sign * 2 * allHits / (allPlaces + points));
            sums[slot] += precision;
            sums[slots + slot] += recall;
            sums[2 * slots + slot] += f1;
            sums[3 * slots + slot] += sign;
        }
    }

    private static bool IsDrawn(ReadOnlySpan<int> points, ReadOnlySpan<int> counts)
    {
        foreach (var point in points)
            if (counts[point] > 0)
                return true;
        return false;
    }

    private static (int[] Starts, int[] Points) PointsByLabel(SparseMatrix truth, int[] frequencies)
    {
        var starts = new int[frequencies.Length + 1];
        for (var label = 0; label < frequencies.Length; label++)
            starts[label + 1] = starts[label] + frequencies[label];
        var next = starts.AsSpan(0, frequencies.Length).ToArray();
        var points = new int[starts[^1]];
        for (var point = 0; point < truth.RowCount; point++)
            foreach (var label in truth.RowColumns(point))
                points[next[label]++] = point;
        return (starts, points);
    }
}
