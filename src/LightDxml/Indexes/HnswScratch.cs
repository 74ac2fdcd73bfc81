using System.Runtime.InteropServices;

namespace LightDxml.Indexes;

/// <summary>One thread's working memory for searching and building a graph; serves graphs of any size, one after the other.</summary>
internal sealed class HnswScratch
{
    private byte[] _visits = [];
    private byte _visit;
    private float[] _query = [];

    /// <summary>The candidates of the search in progress.</summary>
    public CandidatePool Candidates { get; } = new();

    /// <summary>The candidates for a label's links, when a graph is built.</summary>
    public CandidatePool LinkCandidates { get; } = new();

    /// <summary>Rows whose similarities are computed together.</summary>
    public int[] Rows { get; private set; } = [];

    /// <summary>Their similarities.</summary>
    public float[] Similarities { get; private set; } = [];

    /// <summary>Makes room for that many rows at once; what was there is lost.</summary>
    public void ReserveRows(int count)
    {
        if (Rows.Length >= count)
            return;
        Rows = new int[count];
        Similarities = new float[count];
    }

    /// <summary>The query's copy, [stride], behind the document zero.</summary>
    public ReadOnlySpan<float> PadQuery(ReadOnlySpan<float> document, int stride)
    {
        if (_query.Length < stride + 16)
            _query = GC.AllocateArray<float>(stride + 16, pinned: true);

        // Starts at a cache line, as the labels' rows do.
        var address = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(_query, 0);
        var query = _query.AsSpan((int)((64 - address % 64) % 64 / sizeof(float)), stride);
        document.CopyTo(query);
        query[document.Length..].Clear();
        return query;
    }

    /// <summary>
    /// Marks [rows], those equal to <paramref name="visit"/> visited, none at the start. Counting searches in a byte keeps the
    /// marks small enough for the fast caches; they are cleared once in 255 searches.
    /// </summary>
    public Span<byte> StartVisits(int rows, out byte visit)
    {
        if (_visits.Length < rows)
        {
            _visits = new byte[rows];
            _visit = 0;
        }

        if (_visit == byte.MaxValue)
        {
            _visits.AsSpan().Clear();
            _visit = 0;
        }

        visit = ++_visit;
        return _visits.AsSpan(0, rows);
    }
}
