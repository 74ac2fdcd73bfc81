using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Kernels;

namespace LightDxml.Indexes;

/// <summary>
/// A hierarchical navigable small-world graph over the label embeddings (Malkov and Yashunin, 2020): approximate, with a cost
/// a query that grows with the logarithm of the label count. The graph depends on the embeddings and the options alone, not
/// on the number of threads that build it.
/// </summary>
internal sealed partial class HnswLabelIndex : ILabelIndex
{
    /// <summary>Documents that a thread takes at once.</summary>
    private const int SearchGrain = 16;

    private readonly HnswOptions _options;
    private readonly DenseMatrix _vectors;
    private readonly HnswGraph _graph;
    private readonly ExactLabelIndex _exact;

    /// <summary>Builds the graph.</summary>
    /// <param name="labelEmbeddings">[labels, dimensions]; must not change while the index is in use.</param>
    /// <param name="kernels">Serve searches that ask for so many labels that comparing with all is the better way.</param>
    /// <exception cref="LightDxmlException">The graph is larger than an array can be.</exception>
    public HnswLabelIndex(DenseMatrix labelEmbeddings, HnswOptions options, KernelSet kernels, int threads)
    {
        ArgumentNullException.ThrowIfNull(labelEmbeddings);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(kernels);
        _options = options.Validate();
        _vectors = new DenseMatrix(labelEmbeddings.RowCount, labelEmbeddings.Dimensions);
        kernels.NormalizeRows(labelEmbeddings.Span, labelEmbeddings.RowCount, Dimensions, labelEmbeddings.Stride, _vectors.Span);
        _exact = new ExactLabelIndex(_vectors, kernels);
        _graph = new HnswGraph(labelEmbeddings.RowCount, options.M, options.Seed);
        Build(threads);
    }

    private HnswLabelIndex(HnswLabelIndex other, HnswOptions options)
    {
        _options = options.Validate();
        _vectors = other._vectors;
        _exact = other._exact;
        _graph = other._graph;
    }

    public string Name => "hnsw";

    public int LabelCount => _vectors.RowCount;

    public int Dimensions => _vectors.Dimensions;

    /// <summary>The same graph, searched with another number of candidates.</summary>
    /// <exception cref="OptionsException">The number is negative.</exception>
    public HnswLabelIndex WithEfSearch(int efSearch) => new(this, _options with { EfSearch = efSearch });

    public void Search(DenseMatrix documents, RankedLabels shortlist, int threads)
    {
        ShortlistArguments.Check(documents, shortlist, Dimensions);
        if (ComparesWithAll(shortlist.Width))
        {
            _exact.Search(documents, shortlist, threads);
            return;
        }

        RowRanges.ForEach(documents.RowCount, SearchGrain, threads, (first, end) =>
        {
            for (var point = first; point < end; point++)
                Search(documents.Row(point), shortlist.Labels(point), shortlist.Scores(point));
        });
    }

    public unsafe void Search(ReadOnlySpan<float> document, Span<int> labels, Span<float> similarities)
    {
        ShortlistArguments.Check(document, labels, similarities, Dimensions);
        if (labels.IsEmpty)
            return;
        if (ComparesWithAll(labels.Length))
        {
            _exact.Search(document, labels, similarities);
            return;
        }

        var scratch = ThreadScratch.Hnsw;
        scratch.ReserveRows(2 * _options.M);
        fixed (float* query = scratch.PadQuery(document, _vectors.Stride))
        {
            Descend(query, 0, scratch);
            scratch.Candidates.StartAgain(Ef(labels.Length));
            SearchLevel(query, 0, scratch);
        }

        // A graph may fall into parts when many labels are equal; what its search cannot fill, comparing with all does.
        if (scratch.Candidates.Count < labels.Length)
        {
            _exact.Search(document, labels, similarities);
            return;
        }

        for (var j = 0; j < labels.Length; j++)
        {
            labels[j] = scratch.Candidates.Row(j);
            similarities[j] = scratch.Candidates.Similarity(j);
        }
    }

    private int Ef(int width) => _options.CandidatesFor(width);

    private bool ComparesWithAll(int width) => Ef(width) >= LabelCount;

    /// <summary>Walks from the entry to the row nearest to the query on each level above <paramref name="level"/>; the last is the one candidate left.</summary>
    private unsafe void Descend(float* query, int level, HnswScratch scratch)
    {
        Span<int> entry = [_graph.Entry];
        Span<float> similarity = stackalloc float[1];
        fixed (float* vectors = _vectors.Span)
            RowProducts.Compute(query, vectors, _vectors.Stride, entry, similarity);
        scratch.Candidates.Reset(1);
        scratch.Candidates.Insert(similarity[0], entry[0]);
        for (var upper = _graph.Level(_graph.Entry); upper > level; upper--)
        {
            scratch.Candidates.StartAgain(1);
            SearchLevel(query, upper, scratch);
        }
    }

    /// <summary>Follows the links of a level from the candidates until those of all the best have been followed.</summary>
    private unsafe void SearchLevel(float* query, int level, HnswScratch scratch)
    {
        var candidates = scratch.Candidates;
        var visits = scratch.StartVisits(LabelCount, out var visit);
        for (var i = 0; i < candidates.Count; i++)
            visits[candidates.Row(i)] = visit;
        var rows = scratch.Rows;
        var similarities = scratch.Similarities;
        fixed (float* vectors = _vectors.Span)
        {
            for (var row = candidates.TakeNext(); row >= 0; row = candidates.TakeNext())
            {
                if (candidates.PeekNext() is >= 0 and var next)
                    Fetch(_graph.Links(next, level));
                var count = 0;
                foreach (var neighbour in _graph.Links(row, level))
                {
                    // Written always, kept only when new: no branch to mispredict.
                    rows[count] = neighbour;
                    count += visits[neighbour] == visit ? 0 : 1;
                    visits[neighbour] = visit;
                }

                RowProducts.Compute(query, vectors, _vectors.Stride, rows.AsSpan(0, count), similarities);
                for (var i = 0; i < count; i++)
                {
                    if (similarities[i] >= candidates.Worst)
                        candidates.Insert(similarities[i], rows[i]);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Fetch(ReadOnlySpan<int> links)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref MemoryMarshal.GetReference(links)));
    }
}
