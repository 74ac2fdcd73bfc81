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
    private readonly List<(LabelPlace Place, int Method)> _places = [];

    /// <summary>The labels of both are those of one test set.</summary>
    public LabelSwaps(LabelPlaces first, LabelPlaces second)
    {
        (_slots, _testLabels) = (first.Slots, first.TestLabels.Count);
        foreach (var label in first.TestLabels)
            if (first.HasHit(label) || second.HasHit(label))
                Add(first.Places(label), second.Places(label), first.TruthPoints(label).Length);
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

            for (var i = label.First; i < label.End; i++)
            {
                var (place, method) = _places[i];
                var at = (method ^ (int)(swapped[place.Point / 64] >> (place.Point % 64) & 1)) * _slots + place.Slot;
                places[at]++;
                hits[at] += place.IsHit ? 1 : 0;
            }

            LabelPlaces.Add(places[.._slots], hits[.._slots], label.Points, sign: 1, differences);
            LabelPlaces.Add(places[_slots..], hits[_slots..], label.Points, sign: -1, differences);
        }

        foreach (ref var difference in differences)
            difference /= Math.Max(1, _testLabels);
    }

    // Both lists ascend by point, and a label stands at a point once.
    private void Add(ReadOnlySpan<LabelPlace> first, ReadOnlySpan<LabelPlace> second, int points)
    {
        var (places, hits) = (new int[_slots], new int[_slots]);
        var start = _places.Count;
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
                _places.Add((first[i++], 0));
            }
            else
            {
                _places.Add((second[j++], 1));
            }
        }

        if (_places.Count > start)
            _labels.Add(new Entry(start, _places.Count, points, places, hits));
    }

    /// <param name="First">Of the places that only one method has.</param>
    private sealed record Entry(int First, int End, int Points, int[] CommonPlaces, int[] CommonHits);
}
