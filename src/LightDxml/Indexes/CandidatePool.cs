using LightDxml.Data;

namespace LightDxml.Indexes;

/// <summary>
/// The best candidates of a graph search, sorted, best first, ties to the lower row; the worst falls out when it is full. One
/// sorted array serves as queue and as result: at some hundred entries, moving the tail costs less than two heaps.
/// </summary>
internal sealed class CandidatePool
{
    // Entries are ranking keys, whose free bit says that the row's links have been followed.
    private const ulong ExpandedBit = 1;
    private ulong[] _entries = [];
    private int _capacity;
    private int _next;

    public int Count { get; private set; }

    /// <summary>The similarity that a candidate has to reach: the worst of a full pool, else −∞.</summary>
    public float Worst { get; private set; }

    public void Reset(int capacity)
    {
        if (_entries.Length < capacity)
            _entries = new ulong[capacity];
        _capacity = capacity;
        _next = 0;
        Count = 0;
        Worst = float.NegativeInfinity;
    }

    public int Row(int position) => RankingKey.Row(_entries[position]);

    public float Similarity(int position) => RankingKey.Score(_entries[position]);

    /// <summary>Takes a candidate in, unless it is worse than all of a full pool, or NaN.</summary>
    public void Insert(float similarity, int row)
    {
        if (float.IsNaN(similarity))
            return;
        var entry = RankingKey.Of(similarity, row);
        if (Count == _capacity)
        {
            if (entry < _entries[Count - 1])
                return;
            Count--;
        }

        var entries = _entries.AsSpan(0, Count + 1);
        var low = 0;
        for (var length = Count; length > 0;)
        {
            var half = length >> 1;
            var behind = entries[low + half] > entry;
            low = behind ? low + half + 1 : low;
            length = behind ? length - half - 1 : half;
        }

        entries[low..Count].CopyTo(entries[(low + 1)..]);
        entries[low] = entry;
        Count++;
        _next = Math.Min(_next, low);
        Worst = Count == _capacity ? Similarity(Count - 1) : float.NegativeInfinity;
    }

    /// <summary>Takes the best candidate whose links have not been followed; −1 when there is none.</summary>
    public int TakeNext()
    {
        while (_next < Count && (_entries[_next] & ExpandedBit) != 0)
            _next++;
        if (_next == Count)
            return -1;
        _entries[_next] |= ExpandedBit;
        return Row(_next++);
    }

    /// <summary>The candidate that is likely to be taken next, or −1.</summary>
    public int PeekNext() => _next < Count ? Row(_next) : -1;

    /// <summary>Makes every candidate one whose links have not been followed, and keeps the <paramref name="capacity"/> best.</summary>
    public void StartAgain(int capacity)
    {
        if (_entries.Length < capacity)
            Array.Resize(ref _entries, capacity);
        _capacity = capacity;
        Count = Math.Min(Count, capacity);
        for (var i = 0; i < Count; i++)
            _entries[i] &= ~ExpandedBit;
        _next = 0;
        Worst = Count == _capacity ? Similarity(Count - 1) : float.NegativeInfinity;
    }

    public void CopyFrom(CandidatePool other, int capacity)
    {
        Reset(capacity);
        Count = Math.Min(other.Count, capacity);
        other._entries.AsSpan(0, Count).CopyTo(_entries);
        Worst = Count == _capacity ? Similarity(Count - 1) : float.NegativeInfinity;
    }
}
