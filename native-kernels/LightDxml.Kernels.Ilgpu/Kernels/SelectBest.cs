using ILGPU;

namespace LightDxml.Kernels.Ilgpu.Kernels;

/// <summary>
/// best[q] = the k greatest keys of query q among a block of products and the best so far, in no order. A group works on a
/// query: a radix selection finds the k-th greatest key digit by digit from histograms in shared memory, then the keys from
/// it on are gathered. Keys below the k-th of the blocks before are not looked at twice.
/// </summary>
internal static class SelectBest
{
    public const int MostThreads = 256;
    private const int DigitBits = 11;
    private const int Bins = 1 << DigitBits;
    private const int KeyBits = 64;
    private const int Passes = (KeyBits + DigitBits - 1) / DigitBits;

    /// <summary>Launched with a group a query, of at most <see cref="MostThreads"/> threads.</summary>
    /// <param name="products">[queries, columns].</param>
    /// <param name="rows">[queries, columns], the label row of each product, where <paramref name="listed"/> is not 0.</param>
    /// <param name="counts">[queries], the products of each query that count, where <paramref name="listed"/> is not 0.</param>
    /// <param name="listed">0: every product counts, and product c is of label row firstRow + c.</param>
    /// <param name="bestSoFar">[queries, k], 0 where there is none.</param>
    /// <param name="floors">[queries], the least of k keys found so far, or 0; read and overwritten.</param>
    /// <param name="best">[queries, k], overwritten; must not be <paramref name="bestSoFar"/>.</param>
    public static void Run(
        ArrayView<float> products, ArrayView<int> rows, ArrayView<int> counts, int listed, int columns, int firstRow,
        ArrayView<ulong> bestSoFar, ArrayView<ulong> floors, ArrayView<ulong> best, int k)
    {
        var histogram = SharedMemory.Allocate1D<int>(Bins);
        var chunks = SharedMemory.Allocate1D<int>(MostThreads);
        var state = SharedMemory.Allocate1D<int>(4);
        int thread = Group.IdxX, threads = Group.DimX, query = Grid.IdxX;
        var count = listed != 0 ? counts[query] : columns;
        var candidates = (long)query * columns;
        var kept = (long)query * k;
        var floor = floors[query];
        if (floor == 0)
            floor = 1;

        // The digits fixed so far are prefix, under mask; need keys of this prefix are still to be chosen.
        ulong prefix = 0, mask = 0;
        var need = k;
        for (var pass = 1; need > 0 && pass <= Passes; pass++)
        {
            // The last digit overlaps the one before: those bits are fixed by then, and change nothing.
            var shift = pass < Passes ? KeyBits - pass * DigitBits : 0;
            for (var bin = thread; bin < Bins; bin += threads)
                histogram[bin] = 0;
            Group.Barrier();
            for (var c = thread; c < count; c += threads)
            {
                var key = ScoreKey.Of(products[candidates + c], listed != 0 ? rows[candidates + c] : firstRow + c);
                if (key >= floor && (key & mask) == prefix)
                    Atomic.Add(ref histogram[(int)(key >> shift) & (Bins - 1)], 1);
            }

            for (var j = thread; j < k; j += threads)
            {
                var key = bestSoFar[kept + j];
                if (key >= floor && (key & mask) == prefix)
                    Atomic.Add(ref histogram[(int)(key >> shift) & (Bins - 1)], 1);
            }

            Group.Barrier();
            FindDigit(histogram, chunks, state, thread, threads, need);
            int digit = state[0], above = state[1], within = state[2];

            // Fewer keys than asked for, which only the first digit can show: all of them.
            if (above + within < need)
                break;
            prefix |= (ulong)digit << shift;
            mask |= (ulong)(Bins - 1) << shift;
            need = within == need - above ? 0 : need - above;
        }

        if (prefix > floor)
            floor = prefix;
        Gather(products, rows, listed, columns, firstRow, count, bestSoFar, best, k, floor, state);
        if (thread == 0)
            floors[query] = need == 0 ? floor : 0;
    }

    /// <summary>state = the digit that the need-th greatest key has, the keys of greater digits, the keys of this digit.</summary>
    private static void FindDigit(ArrayView<int> histogram, ArrayView<int> chunks, ArrayView<int> state, int thread, int threads, int need)
    {
        var length = (Bins + threads - 1) / threads;
        var sum = 0;
        for (var bin = thread * length; bin < (thread + 1) * length && bin < Bins; bin++)
            sum += histogram[bin];
        chunks[thread] = sum;
        Group.Barrier();
        if (thread == 0)
        {
            var above = 0;
            var chunk = threads - 1;
            while (chunk > 0 && above + chunks[chunk] < need)
            {
                above += chunks[chunk];
                chunk--;
            }

            var digit = (chunk + 1) * length - 1;
            if (digit > Bins - 1)
                digit = Bins - 1;
            while (digit > chunk * length && above + histogram[digit] < need)
            {
                above += histogram[digit];
                digit--;
            }

            state[0] = digit;
            state[1] = above;
            state[2] = histogram[digit];
        }

        Group.Barrier();
    }

    private static void Gather(
        ArrayView<float> products, ArrayView<int> rows, int listed, int columns, int firstRow, int count,
        ArrayView<ulong> bestSoFar, ArrayView<ulong> best, int k, ulong floor, ArrayView<int> state)
    {
        int thread = Group.IdxX, threads = Group.DimX;
        var candidates = (long)Grid.IdxX * columns;
        var kept = (long)Grid.IdxX * k;
        if (thread == 0)
            state[3] = 0;
        Group.Barrier();
        for (var c = thread; c < count; c += threads)
        {
            var key = ScoreKey.Of(products[candidates + c], listed != 0 ? rows[candidates + c] : firstRow + c);
            if (key >= floor)
                best[kept + Atomic.Add(ref state[3], 1)] = key;
        }

        for (var j = thread; j < k; j += threads)
        {
            if (bestSoFar[kept + j] >= floor)
                best[kept + Atomic.Add(ref state[3], 1)] = bestSoFar[kept + j];
        }

        Group.Barrier();
        for (var j = state[3] + thread; j < k; j += threads)
            best[kept + j] = 0;
    }
}
