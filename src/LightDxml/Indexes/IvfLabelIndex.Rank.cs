using LightDxml.Data;

namespace LightDxml.Indexes;

public sealed partial class IvfLabelIndex
{
    /// <summary>
    /// The best of a query's candidates, ties to the lower label row. Selection knows places among the candidates only, so
    /// labels of equal similarity are put in order behind it, and one more than asked for tells whether the last place is tied.
    /// </summary>
    /// <param name="starts">[lists + 1] where each list's similarities begin in the candidates.</param>
    private void Rank(ReadOnlySpan<int> lists, ReadOnlySpan<int> starts, Span<int> labels, Span<float> similarities, IvfScratch scratch)
    {
        if (labels.IsEmpty)
            return;
        var candidates = scratch.Candidates.AsSpan(starts[0]..starts[^1]);
        scratch.ReserveWidth(labels.Length + 1);
        var places = scratch.Places.AsSpan(0, labels.Length + 1);
        var best = scratch.Best.AsSpan(0, labels.Length + 1);
        _kernels.TopK(candidates, places, best);
        best[..^1].CopyTo(similarities);
        for (var j = 0; j < labels.Length; j++)
            labels[j] = places[j] < 0 ? -1 : Label(places[j] + starts[0], lists, starts);
        if (places[^1] >= 0 && best[^1] == best[^2])
            BreakLastTie(candidates, lists, starts, labels, similarities);
        var filled = labels.IndexOf(-1) is >= 0 and var empty ? empty : labels.Length;
        RankingSort.OrderTies(similarities[..filled], labels[..filled]);
    }

    /// <summary>More labels than there is room for are as near as the last one: those of the lowest rows stay.</summary>
    private void BreakLastTie(
        ReadOnlySpan<float> candidates, ReadOnlySpan<int> lists, ReadOnlySpan<int> starts,
        Span<int> labels, Span<float> similarities)
    {
        var tied = similarities[^1];
        var first = similarities.IndexOf(tied);
        var lowest = new BestRows<float>(labels[first..], similarities[first..]);
        for (var place = 0; place < candidates.Length; place++)
        {
            if (candidates[place] == tied)
                lowest.Offer(Label(place + starts[0], lists, starts), tied);
        }
    }

    /// <summary>The label at a place of the candidates: that of the last list that begins there or before.</summary>
    private int Label(int place, ReadOnlySpan<int> lists, ReadOnlySpan<int> starts)
    {
        var list = 0;
        for (var length = lists.Length; length > 1;)
        {
            var half = length >> 1;
            list = starts[list + half] <= place ? list + half : list;
            length -= half;
        }

        return _lists.Order[_lists.Offsets[lists[list]] + place - starts[list]];
    }
}
