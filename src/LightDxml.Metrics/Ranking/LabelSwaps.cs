namespace LightDxml.Metrics;

/// <summary>
/// Two methods' places by label, for tests that swap the two methods' results of some points. Places that both methods give to
/// the label alike do not change by that, and labels without any other are left out: their difference is always 0.
/// </summary>
internal sealed class LabelSwaps
{
    private readonly int _slots;
    private readonly int _testLabels;
    private readonly List<Entry> _labels = [];
    private readonly Place[] _places;

    /// <summary>The labels of both are those of one test set.</summary>
    public LabelSwaps(LabelPlaces first, LabelPlaces second)
    {
        (_slots, _testLabels) = (first.Slots, first.TestLabels.Count);
        var places = new List<Place>();
        foreach (var label in first.TestLabels)
            if (first.HasHit(label) || second.HasHit(label))
                Add(places, first.Places(label), second.Places(label), first.TruthPoints(label).Length);
        _places = [.. places];
    }

    /// <summary>The means over labels, first − second, where the points with a set bit have swapped their methods.</summary>
    /// <param name="swapped">A bit a point, from the lowest bit of the first word up.</param>
    /// <param name="differences">[metrics × slots] as of <see cref="LabelPlaces.Average"/>, overwritten.</param>
    public void Differences(ReadOnlySpan<ulong> swapped, Span<double> differences)
    {
        differences.Clear();
        Span<long> places = stackalloc long[2 * _slots];
        Span<long> hits = stackalloc long[2 * _slots];
        foreach (var label in _labels)
        {
            for (var slot = 0; slot < _slots; slot++)
            {
                places[slot] = places[_slots + slot] = label.CommonPlaces[slot];
                hits[slot] = hits[_slots + slot] = label.CommonHits[slot];
            }

            foreach (var place in _places.AsSpan(label.First..label.End))
            {
                var at = (swapped[place.Point >> 6] >> (place.Point & 63) & 1) == 0 ? place.Own : place.Other;
                places[at]++;
                hits[at] += place.Hits;
            }

            LabelPlaces.Add(places[.._slots], hits[.._slots], label.Points, sign: 1, differences);
            LabelPlaces.Add(places[_slots..], hits[_slots..], label.Points, sign: -1, differences);
        }

        foreach (ref var difference in differences)
            difference /= Math.Max(1, _testLabels);
    }

    // Both lists ascend by point, and a label stands at a point once.
    private void Add(List<Place> differing, ReadOnlySpan<LabelPlace> first, ReadOnlySpan<LabelPlace> second, int points)
    {
        var (places, hits) = (new int[_slots], new int[_slots]);
        var start = differing.Count;
        for (int i = 0, j = 0; i < first.Length || j < second.Length;)
        {
            if (i < first.Length && j < second.Length && first[i] == second[j])
            {
                places[first[i].Slot]++;
                hits[first[i].Slot] += first[i].IsHit ? 1 : 0;
                i++;
                j++;
            }
            else if (j == second.Length || (i < first.Length && first[i].Point <= second[j].Point))
            {
                differing.Add(Of(first[i++], method: 0));
            }
            else
            {
                differing.Add(Of(second[j++], method: 1));
            }
        }

        if (differing.Count > start)
            _labels.Add(new Entry(start, differing.Count, points, places, hits));
    }

    private Place Of(LabelPlace place, int method) =>
        new(place.Point, (short)(method * _slots + place.Slot), (short)((1 - method) * _slots + place.Slot), place.IsHit ? 1 : 0);

    /// <summary>A place that only one method gives to the label.</summary>
    /// <param name="Own">Where it is counted: [methods × slots].</param>
    /// <param name="Other">Where it is counted once the point has swapped its methods.</param>
    private readonly record struct Place(int Point, short Own, short Other, int Hits);

    /// <param name="First">The first of the places that only one method has; to <paramref name="End"/>.</param>
    private sealed record Entry(int First, int End, int Points, int[] CommonPlaces, int[] CommonHits);
}
