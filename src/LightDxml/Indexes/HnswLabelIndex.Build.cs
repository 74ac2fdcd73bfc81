namespace LightDxml.Indexes;

internal sealed partial class HnswLabelIndex
{
    /// <summary>
    /// Labels are inserted in batches. The labels of a batch search the graph as the batches before have left it, in any
    /// order and by any thread, and are compared with the batch's earlier labels one by one, so they miss nothing; then the
    /// graph takes their links, each list written by one thread. 512 make the comparisons 3 % of the searches' work.
    /// </summary>
    private const int BatchSize = 512;

    /// <summary>Labels and lists of links that a thread takes at once.</summary>
    private const int BuildGrain = 8;

    // A link that the linked row is to take in return: level, row and the linking row's place in the batch, from the top bits down.
    private const int BatchBits = 9;
    private const int RowBits = 31;

    private void Build(int threads)
    {
        // Data are often sorted; a graph that has seen only one corner of the space finds the others badly.
        var order = new int[LabelCount];
        for (var row = 0; row < order.Length; row++)
            order[row] = row;
        new RandomNumbers(_options.Seed, RandomPurpose.LabelIndex).Shuffle(order);

        var returns = new List<ulong>();
        for (var first = 0; first < order.Length; first += BatchSize)
        {
            var batch = order.AsMemory(first, Math.Min(BatchSize, order.Length - first));
            RowRanges.ForEach(batch.Length, BuildGrain, threads, (begin, end) =>
            {
                for (var place = begin; place < end; place++)
                    ChooseLinks(batch.Span, place, ThreadScratch.Hnsw);
            });
            ReturnLinks(batch, returns, threads);
            foreach (var row in batch.Span)
                _graph.Publish(row);
        }
    }

    /// <summary>Sets the links of one row of a batch on all of its levels.</summary>
    private unsafe void ChooseLinks(ReadOnlySpan<int> batch, int place, HnswScratch scratch)
    {
        var row = batch[place];
        var rowLevel = _graph.Level(row);
        var graphLevel = _graph.Entry < 0 ? -1 : _graph.Level(_graph.Entry);
        scratch.ReserveRows(2 * _options.M + BatchSize);
        scratch.Candidates.Reset(1);
        Span<float> similarities = stackalloc float[place];
        fixed (float* vectors = _vectors.Span)
        {
            var query = vectors + (long)row * _vectors.Stride;
            RowProducts.Compute(query, vectors, _vectors.Stride, batch[..place], similarities);
            if (graphLevel >= 0)
                Descend(query, Math.Min(rowLevel, graphLevel), scratch);
            for (var level = rowLevel; level >= 0; level--)
            {
                // Above the graph's levels there are only the labels of this batch.
                scratch.LinkCandidates.Reset(_options.EfConstruction);
                if (level <= graphLevel)
                {
                    scratch.Candidates.StartAgain(_options.EfConstruction);
                    SearchLevel(query, level, scratch);
                    scratch.LinkCandidates.CopyFrom(scratch.Candidates, _options.EfConstruction);
                }

                for (var earlier = 0; earlier < place; earlier++)
                {
                    if (_graph.Level(batch[earlier]) >= level)
                        scratch.LinkCandidates.Insert(similarities[earlier], batch[earlier]);
                }

                _graph.SetLinks(row, level, Diverse(scratch, _options.M, vectors));
            }
        }
    }

    /// <summary>Adds to every linked row the link back; lists that grow too long are chosen anew.</summary>
    private void ReturnLinks(ReadOnlyMemory<int> batch, List<ulong> returns, int threads)
    {
        returns.Clear();
        for (var place = 0; place < batch.Length; place++)
        {
            var row = batch.Span[place];
            for (var level = _graph.Level(row); level >= 0; level--)
            {
                foreach (var linked in _graph.Links(row, level))
                    returns.Add((((ulong)level << RowBits) | (uint)linked) << BatchBits | (uint)place);
            }
        }

        returns.Sort();
        var starts = new List<int>();
        for (var i = 0; i < returns.Count; i++)
        {
            if (i == 0 || returns[i] >> BatchBits != returns[i - 1] >> BatchBits)
                starts.Add(i);
        }

        starts.Add(returns.Count);
        RowRanges.ForEach(starts.Count - 1, BuildGrain, threads, (begin, end) =>
        {
            Span<int> added = stackalloc int[BatchSize];
            for (var list = begin; list < end; list++)
            {
                var count = starts[list + 1] - starts[list];
                for (var i = 0; i < count; i++)
                    added[i] = batch.Span[(int)(returns[starts[list] + i] & (BatchSize - 1))];
                var target = returns[starts[list]] >> BatchBits;
                AddLinks((int)(target & int.MaxValue), (int)(target >> RowBits), added[..count], ThreadScratch.Hnsw);
            }
        });
    }

    private unsafe void AddLinks(int row, int level, ReadOnlySpan<int> added, HnswScratch scratch)
    {
        var links = _graph.Links(row, level);
        var most = _graph.MostLinks(level);
        var count = links.Length + added.Length;
        scratch.ReserveRows(2 * _options.M + BatchSize);
        var rows = scratch.Rows.AsSpan(0, count);
        links.CopyTo(rows);
        added.CopyTo(rows[links.Length..]);
        if (count <= most)
        {
            _graph.SetLinks(row, level, rows);
            return;
        }

        fixed (float* vectors = _vectors.Span)
        {
            RowProducts.Compute(vectors + (long)row * _vectors.Stride, vectors, _vectors.Stride, rows, scratch.Similarities);
            scratch.LinkCandidates.Reset(count);
            for (var i = 0; i < count; i++)
                scratch.LinkCandidates.Insert(scratch.Similarities[i], rows[i]);
            _graph.SetLinks(row, level, Diverse(scratch, most, vectors));
        }
    }

    /// <summary>
    /// At most <paramref name="most"/> of the link candidates, best first, leaving out those that are nearer to one chosen before
    /// than to the row itself: links in different directions keep the graph navigable (algorithm 4 of the paper).
    /// </summary>
    private unsafe ReadOnlySpan<int> Diverse(HnswScratch scratch, int most, float* vectors)
    {
        var candidates = scratch.LinkCandidates;
        var chosen = scratch.Rows;
        var count = 0;
        for (var i = 0; i < candidates.Count && count < most; i++)
        {
            var row = candidates.Row(i);
            if (!AnyNearer(row, candidates.Similarity(i), chosen.AsSpan(0, count), scratch.Similarities, vectors))
                chosen[count++] = row;
        }

        return chosen.AsSpan(0, count);
    }

    private unsafe bool AnyNearer(int row, float similarity, ReadOnlySpan<int> chosen, Span<float> similarities, float* vectors)
    {
        // Most are refused by one of the first: four at a time.
        for (var first = 0; first < chosen.Length; first += 4)
        {
            var some = chosen[first..Math.Min(first + 4, chosen.Length)];
            RowProducts.Compute(vectors + (long)row * _vectors.Stride, vectors, _vectors.Stride, some, similarities);
            foreach (var other in similarities[..some.Length])
            {
                if (other > similarity)
                    return true;
            }
        }

        return false;
    }
}
