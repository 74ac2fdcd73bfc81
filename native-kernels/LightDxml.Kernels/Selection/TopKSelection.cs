using System.Numerics;
using LightDxml.Data;

namespace LightDxml.Kernels.Selection;

/// <summary>
/// Selects the k best of a stream of scores that arrive in the order of their rows. Scores above the k-th best so far wait
/// in a buffer; when it is full, the k-th best of both is found by bisection over the float values (counting is one compare
/// and one population count a vector, far cheaper than moving elements), and a stable filter keeps the k best. Everything
/// stays in row order until the end, which is what makes ties go to the lower row.
/// </summary>
internal unsafe struct TopKSelection
{
    private readonly int _k;
    private readonly int _capacity;
    private readonly float* _scores;
    private readonly int* _rows;
    private readonly float* _waitingScores;
    private readonly int* _waitingRows;
    private int _kept;
    private int _waiting;
    private float _threshold;

    /// <param name="scores">[k], where the kept scores live and the result is left.</param>
    /// <param name="rows">[k], their rows.</param>
    /// <param name="buffer">2 × (<paramref name="capacity"/> + 16) floats for the scores that wait.</param>
    /// <param name="floor">Scores below it are passed over.</param>
    public TopKSelection(int k, float* scores, int* rows, float* buffer, int capacity, float floor = float.NegativeInfinity)
    {
        _k = k;
        _scores = scores;
        _rows = rows;
        _capacity = capacity;
        _waitingScores = buffer;
        _waitingRows = (int*)(buffer + capacity + Lanes512.Count);
        _threshold = floor;
    }

    /// <summary>The buffer's size for a k: as large as k, so that a merge's cost is spread over as many scores as it reads.</summary>
    public static int Capacity(int k, int most) => Math.Clamp(k, Math.Min(64, most), most);

    /// <summary>Offers scores[0..count), the scores of rows firstRow, firstRow + 1, …</summary>
    public void Add<TLanes, TVector>(float* scores, int count, int firstRow)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var threshold = TLanes.Broadcast(_threshold);
        var i = 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count)
        {
            var values = TLanes.Load(scores + i);

            // Later rows lose ties, hence "greater"; until k are kept everything but NaN is "at least −∞".
            var mask = _kept == _k ? TLanes.Greater(values, threshold) : TLanes.GreaterOrEqual(values, threshold);
            var bits = TLanes.Bits(mask);
            if (bits == 0)
                continue;
            TLanes.Compress(values, mask, _waitingScores + _waiting);
            TLanes.Compress(TLanes.Indices(firstRow + i), mask, (float*)(_waitingRows + _waiting));
            _waiting += BitOperations.PopCount(bits);
            if (_waiting < _capacity)
                continue;
            Merge<TLanes, TVector>();
            threshold = TLanes.Broadcast(_threshold);
        }

        for (; i < count; i++)
        {
            if (!(_kept == _k ? scores[i] > _threshold : scores[i] >= _threshold))
                continue;
            _waitingScores[_waiting] = scores[i];
            _waitingRows[_waiting++] = firstRow + i;
            if (_waiting >= _capacity)
                Merge<TLanes, TVector>();
        }
    }

    /// <summary>How many of the k places are filled, once <see cref="Finish"/> was called.</summary>
    public readonly int Kept => _kept;

    /// <summary>Leaves the k best in the scores and rows given at the start, best first, the slots that nothing fills −∞ and −1.</summary>
    /// <param name="sortBuffer">[2 × k], or null: then a slower sort is used that needs none.</param>
    public void Finish<TLanes, TVector>(ulong* sortBuffer)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        Merge<TLanes, TVector>();
        RankingSort.BestFirst(
            new Span<float>(_scores, _kept), new Span<int>(_rows, _kept), new Span<ulong>(sortBuffer, sortBuffer == null ? 0 : 2 * _kept));
        new Span<int>(_rows + _kept, _k - _kept).Fill(-1);
        new Span<float>(_scores + _kept, _k - _kept).Fill(float.NegativeInfinity);
    }

    private void Merge<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var bound = float.NegativeInfinity;
        var ties = int.MaxValue;
        if (_kept + _waiting > _k)
        {
            bound = Bound<TLanes, TVector>(out ties);
            var kept = 0;
            Filter<TLanes, TVector>(_scores, _rows, _kept, bound, ref ties, ref kept);
            _kept = kept;
        }

        Filter<TLanes, TVector>(_waitingScores, _waitingRows, _waiting, bound, ref ties, ref _kept);
        _waiting = 0;
        if (_kept == _k)
            _threshold = Extremes<TLanes, TVector>(_scores, _k).Least;
    }

    /// <summary>The value that k scores reach; of the scores equal to it only the first <paramref name="ties"/> belong to the best k.</summary>
    private readonly float Bound<TLanes, TVector>(out int ties)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var kept = Extremes<TLanes, TVector>(_scores, _kept);
        var waiting = Extremes<TLanes, TVector>(_waitingScores, _waiting);

        // At least k scores reach low, fewer than k reach high.
        long low = RankingKey.Ordered(Math.Min(kept.Least, waiting.Least));
        long high = RankingKey.Ordered(Math.Max(kept.Most, waiting.Most)) + 1L;
        var aboveHigh = 0;
        while (low + 1 < high)
        {
            var middle = (low + high) >> 1;
            var count = CountAtLeast<TLanes, TVector>(RankingKey.Value((uint)middle));
            if (count == _k)
            {
                ties = int.MaxValue;
                return RankingKey.Value((uint)middle);
            }

            if (count > _k)
            {
                low = middle;
            }
            else
            {
                high = middle;
                aboveHigh = count;
            }
        }

        ties = _k - aboveHigh;
        return RankingKey.Value((uint)low);
    }

    private readonly int CountAtLeast<TLanes, TVector>(float bound)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct =>
        CountAtLeast<TLanes, TVector>(_scores, _kept, bound) + CountAtLeast<TLanes, TVector>(_waitingScores, _waiting, bound);

    private static int CountAtLeast<TLanes, TVector>(float* scores, int count, float bound)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var bounds = TLanes.Broadcast(bound);
        var reached = 0;
        var i = 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count)
            reached += BitOperations.PopCount(TLanes.Bits(TLanes.GreaterOrEqual(TLanes.Load(scores + i), bounds)));
        for (; i < count; i++)
            reached += scores[i] >= bound ? 1 : 0;
        return reached;
    }

    private static (float Least, float Most) Extremes<TLanes, TVector>(float* scores, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var least = TLanes.Broadcast(float.PositiveInfinity);
        var most = TLanes.Broadcast(float.NegativeInfinity);
        var i = 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count)
        {
            var values = TLanes.Load(scores + i);
            least = TLanes.AtMost(least, values);
            most = TLanes.AtLeast(most, values);
        }

        var lanes = stackalloc float[2 * TLanes.Count];
        TLanes.Store(least, lanes);
        TLanes.Store(most, lanes + TLanes.Count);
        for (var lane = 1; lane < TLanes.Count; lane++)
        {
            lanes[0] = Math.Min(lanes[0], lanes[lane]);
            lanes[TLanes.Count] = Math.Max(lanes[TLanes.Count], lanes[TLanes.Count + lane]);
        }

        for (; i < count; i++)
        {
            lanes[0] = Math.Min(lanes[0], scores[i]);
            lanes[TLanes.Count] = Math.Max(lanes[TLanes.Count], scores[i]);
        }

        return (lanes[0], lanes[TLanes.Count]);
    }

    /// <summary>Appends the scores above the bound, and the next <paramref name="ties"/> at it, to the kept ones, in order.</summary>
    private readonly void Filter<TLanes, TVector>(float* scores, int* rows, int count, float bound, ref int ties, ref int kept)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var bounds = TLanes.Broadcast(bound);
        var i = 0;

        // Compressing writes a whole vector: in place that is behind the read position, at the end of the k slots it is too much.
        for (; ties == int.MaxValue && i <= count - TLanes.Count && (scores == _scores || kept <= _k - TLanes.Count); i += TLanes.Count)
        {
            var values = TLanes.Load(scores + i);
            var indices = TLanes.Load((float*)(rows + i));
            var mask = TLanes.GreaterOrEqual(values, bounds);
            TLanes.Compress(values, mask, _scores + kept);
            TLanes.Compress(indices, mask, (float*)(_rows + kept));
            kept += BitOperations.PopCount(TLanes.Bits(mask));
        }

        for (; i < count; i++)
        {
            if (!(scores[i] > bound || (scores[i] == bound && ties-- > 0)))
                continue;
            _scores[kept] = scores[i];
            _rows[kept++] = rows[i];
        }
    }
}
