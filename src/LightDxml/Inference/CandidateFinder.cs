using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.Names;
using Microsoft.Extensions.ObjectPool;

namespace LightDxml.Inference;

/// <summary>
/// Encodes documents and finds each one's candidates: the labels of the highest dense logit, of all labels where they are few
/// enough to look at every one, else of the document's shortlist; a model with sparse centroids takes those of the
/// highest joint similarity of embedding and centroid instead, of the labels that both found or, for documents of few words, the centroids alone. Training's choice of the head and prediction find candidates here.
/// </summary>
internal sealed class CandidateFinder : IDisposable
{
    internal const int DefaultChunk = 4096;
    internal const int BlockDocuments = 256;

    private readonly DenseNetwork _network;
    private readonly DenseMatrix _labelEmbeddings;
    private readonly KernelSet _kernels;
    private readonly DocumentEncoder _encoder;
    private readonly ILabelIndex? _index;
    private readonly SparseCentroidIndex? _centroids;
    private readonly NameIndex? _names;
    private readonly int _named;
    private readonly int _unseen;
    private readonly bool _ownsIndex;
    private readonly int _width;
    private readonly FeatureScaling? _scaling;
    private readonly bool _unitRows;
    private readonly int _threads;
    private readonly ObjectPool<CandidateScratch> _scratch;
    private readonly ObjectPool<CandidateScratch> _single;

    /// <param name="index">An index over the label embeddings that is at hand already, or null to build one where it is needed.</param>
    /// <param name="threads">Threads of many documents; 0 takes every processor.</param>
    /// <param name="inTraining">Whether a GPU that is set and cannot be had is an error: no training is half of one device and half of another.</param>
    public CandidateFinder(Model model, ILabelIndex? index, KernelSet kernels, int threads, bool inTraining = false)
    {
        var settings = model.Inference;
        _network = model.Network;
        _labelEmbeddings = model.LabelEmbeddings;
        _kernels = kernels;
        _threads = RowRanges.ResolveThreads(threads);
        _encoder = new DocumentEncoder(_network, kernels);
        (_scaling, _unitRows) = (model.FeatureScaling, settings.UnitRows);
        _width = Math.Min(settings.ShortlistWidth, LabelCount);
        _ownsIndex = index is null;
        if (settings.SearchesIndex && !settings.Index.ByCentroids)
        {
            string? trouble = null;
            _index = index ?? (inTraining
                ? LabelIndexes.Create(settings.Index, _labelEmbeddings, kernels, _width, _threads, out _)
                : LabelIndexes.CreateForPrediction(settings.Index, _labelEmbeddings, kernels, _width, _threads, out trouble));
            Trouble = trouble;
        }

        if (settings.SearchesIndex && model.Centroids is { } centroids)
            _centroids = new SparseCentroidIndex(centroids, kernels, model.PartCentroids, settings.Index.ByCentroids ? model.LabelFrequencies : null);
        _names = model.Names;
        _named = _names is null ? 0 : settings.NameCandidates;
        _unseen = Math.Min(_named, model.AllLabelCount - model.LabelCount);
        _scratch = new DefaultObjectPool<CandidateScratch>(new ScratchPolicy(this, BlockDocuments), Environment.ProcessorCount);
        _single = new DefaultObjectPool<CandidateScratch>(new ScratchPolicy(this, rows: 1), ScratchPools.Retained);
    }

    /// <summary>Documents that are shortlisted together; bounds the memory of a prediction over many documents.</summary>
    public int Chunk { get; init; } = DefaultChunk;

    public int LabelCount => _network.LabelCount;

    /// <summary>Candidates that a document can have at most.</summary>
    public int Most => ScansAll ? LabelCount : _width;

    /// <summary>The index of label embeddings, or null where none is searched.</summary>
    public ILabelIndex? Index => _index;

    /// <summary>Why labels are not searched on the GPU that is set; null where they are, or none is set.</summary>
    public string? Trouble { get; }

    /// <summary>Whether every logit is looked at.</summary>
    private bool ScansAll => _index is null && _centroids is null;

    /// <summary>What is done with a block of documents whose candidates lie in the scratch.</summary>
    /// <param name="documents">All documents, their rows of unit norm where the model wants that.</param>
    public delegate void BlockWork(SparseMatrix documents, int first, int count, CandidateScratch scratch);

    /// <summary>What is done with one document, its values scaled as the model wants them.</summary>
    public delegate void DocumentWork<TState>(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, CandidateScratch scratch, TState state)
        where TState : allows ref struct;

    /// <summary>The candidates of every document with their dense logits, best first: what a head is trained and fitted on.</summary>
    public RankedLabels Find(SparseMatrix documents, int count, CancellationToken cancellation = default)
    {
        count = Math.Min(count, Most);
        var candidates = new RankedLabels(documents.RowCount, LabelCount, count + Named(count));
        ForEachBlock(documents, count, 0, (_, first, rows, scratch) =>
        {
            for (var i = 0; i < rows; i++)
            {
                scratch.Labels(i).CopyTo(candidates.Labels(first + i));
                scratch.Logits(i).CopyTo(candidates.Scores(first + i));
            }
        }, cancellation);
        return candidates;
    }

    /// <summary>Encodes all documents in blocks, finds each one's candidates and hands every block on.</summary>
    /// <param name="threads">Threads at most; 0 is the number that the finder was made for.</param>
    public void ForEachBlock(SparseMatrix documents, int candidates, int threads, BlockWork work, CancellationToken cancellation)
    {
        _encoder.CheckFeatures(documents);
        threads = threads > 0 ? threads : _threads;
        var scaled = _scaling?.Apply(documents) ?? documents;
        var rows = _unitRows ? UnitRows.Of(scaled) : scaled;
        if (_index is null)
        {
            WithScratch(rows.RowCount, threads, (first, count, scratch) =>
            {
                scratch.Reserve(candidates, Named(candidates));
                Encode(rows, first, count, scratch);
                if (ScansAll)
                    Scan(count, scratch);
                for (var i = 0; i < count; i++)
                {
                    rows.Row(first + i, out var columns, out var values);
                    if (!ScansAll)
                        KeepBest(columns, values, i, [], [], scratch);
                    AddNamed(columns, values, i, scratch);
                }

                work(rows, first, count, scratch);
            }, cancellation);
            return;
        }

        for (var start = 0; start < rows.RowCount; start += Chunk)
            ForEachBlockOfChunk(rows, start, Math.Min(Chunk, rows.RowCount - start), candidates, threads, work, cancellation);
    }

    /// <summary>Finds the candidates of one document in the caller's thread; allocates nothing once as many threads have done so before.</summary>
    public void ForOne<TState>(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, int candidates, TState state, DocumentWork<TState> work)
        where TState : allows ref struct
    {
        var scratch = _single.Get();
        try
        {
            if (_scaling is not null)
                scratch.Standardize(_scaling, ref columns, ref values);
            if (_unitRows && UnitRows.Scale(values) is not 1 and var scale)
                values = scratch.Scaled(values, scale);
            scratch.Reserve(candidates, Named(candidates));
            _encoder.Encode(columns, values, scratch.Encodings.Row(0)[.._network.Dimensions], scratch.Encoder);
            FinishEncodings(1, scratch);
            _index?.Search(scratch.Units.Row(0), scratch.Shortlist, scratch.Similarities);
            if (ScansAll)
                Scan(1, scratch);
            else
                KeepBest(columns, values, 0, scratch.Shortlist, scratch.Similarities, scratch);
            AddNamed(columns, values, 0, scratch);

            work(columns, values, scratch, state);
        }
        finally
        {
            _single.Return(scratch);
        }
    }

    public void Dispose()
    {
        if (_ownsIndex)
            (_index as IDisposable)?.Dispose();
    }

    private void WithScratch(int documents, int threads, Action<int, int, CandidateScratch> work, CancellationToken cancellation) =>
        RowRanges.ForEach(documents, BlockDocuments, threads, (first, end) =>
        {
            cancellation.ThrowIfCancellationRequested();
            var scratch = _scratch.Get();
            try
            {
                work(first, end - first, scratch);
            }
            finally
            {
                _scratch.Return(scratch);
            }
        });

    /// <summary>The same for a chunk whose documents are shortlisted together, which the index does faster than one by one.</summary>
    private void ForEachBlockOfChunk(
        SparseMatrix documents, int start, int count, int candidates, int threads, BlockWork work, CancellationToken cancellation)
    {
        var encodings = new DenseMatrix(count, _network.Dimensions + 1);
        var units = new DenseMatrix(count, _network.Dimensions);
        WithScratch(count, threads, (first, rows, scratch) =>
        {
            Encode(documents, start + first, rows, scratch);
            scratch.Encodings.Rows(0, rows).CopyTo(encodings.Rows(first, rows));
            scratch.Units.Rows(0, rows).CopyTo(units.Rows(first, rows));
        }, cancellation);
        var shortlists = new RankedLabels(count, LabelCount, _width);
        _index!.Search(units, shortlists, threads);
        WithScratch(count, threads, (first, rows, scratch) =>
        {
            scratch.Reserve(candidates, Named(candidates));
            encodings.Rows(first, rows).CopyTo(scratch.Encodings.Span);
            units.Rows(first, rows).CopyTo(scratch.Units.Span);
            for (var i = 0; i < rows; i++)
            {
                var document = start + first + i;
                KeepBest(documents.RowColumns(document), documents.RowValues(document), i, shortlists.Labels(first + i), shortlists.Scores(first + i), scratch);
                AddNamed(documents.RowColumns(document), documents.RowValues(document), i, scratch);
            }

            work(documents, start + first, rows, scratch);
        }, cancellation);
    }

    private void Encode(SparseMatrix documents, int first, int count, CandidateScratch scratch)
    {
        _encoder.Encode(documents, first, first + count, scratch.Encodings.Rows(0, count), scratch.Encodings.Stride, scratch.Encoder);
        FinishEncodings(count, scratch);
    }

    /// <summary>Puts the constant 1 behind each encoding and makes the copies of unit length.</summary>
    private void FinishEncodings(int count, CandidateScratch scratch)
    {
        for (var i = 0; i < count; i++)
        {
            var encoding = scratch.Encodings.Row(i);
            encoding[.._network.Dimensions].CopyTo(scratch.Units.Row(i));
            encoding[_network.Dimensions] = 1;
        }

        var units = scratch.Units.Rows(0, count);
        _kernels.NormalizeRows(units, count, _network.Dimensions, scratch.Units.Stride, units);
    }

    /// <summary>Candidates of the block's documents: the best logits of all labels.</summary>
    private void Scan(int count, CandidateScratch scratch)
    {
        var classifier = _network.Classifier;
        _kernels.InnerProductTopK(
            scratch.Encodings.Span, count, scratch.Encodings.Stride, classifier.Span, LabelCount, classifier.Stride,
            classifier.Stride, scratch.NetworkCount, scratch.Products, scratch.ScannedLabels(count), scratch.ScannedLogits(count));
        scratch.TakeScanned(count);
    }

    /// <summary>Candidates of the block's document i: the nearest labels by embedding and centroid, or the best logits of its shortlist.</summary>
    private void KeepBest(
        ReadOnlySpan<int> columns, ReadOnlySpan<float> values, int i, ReadOnlySpan<int> shortlist, ReadOnlySpan<float> cosines, CandidateScratch scratch)
    {
        var labels = scratch.Labels(i)[..scratch.NetworkCount];
        var best = scratch.Logits(i)[..scratch.NetworkCount];
        if (_centroids is not null)
        {
            scratch.Joint!.Nearest(scratch.Units.Rows(i, 1), columns, values, shortlist, cosines, labels);
            Logits(i, labels, best, scratch);
            return;
        }

        var logits = scratch.Products.AsSpan(0, shortlist.Length);
        Logits(i, shortlist, logits, scratch);
        _kernels.TopK(logits, labels, best);
        for (var j = 0; j < labels.Length; j++)
        {
            if (labels[j] >= 0 && float.IsNegativeInfinity(best[j]))
                labels[j] = -1;
            if (labels[j] >= 0)
                labels[j] = shortlist[labels[j]];
        }
    }

    /// <summary>Labels that names add to so many candidates of the network.</summary>
    private int Named(int candidates) => Math.Min(_named, LabelCount - candidates) + _unseen;

    /// <summary>Adds the labels of the most similar names to the candidates of the block's document i, and compares the names of all of them.</summary>
    private void AddNamed(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, int i, CandidateScratch scratch)
    {
        if (scratch.Matcher is not { } matcher)
            return;
        matcher.Match(columns, values);
        var labels = scratch.Labels(i);
        var count = scratch.NetworkCount;
        while (count > 0 && labels[count - 1] < 0)
            count--;
        var first = count;
        var named = scratch.NamedLabels.AsSpan();
        var scores = scratch.NamedScores.AsSpan();
        var trained = named.Length - _unseen;
        matcher.Best(named[..trained], scores[..trained], end: LabelCount);
        foreach (var label in named[..trained])
        {
            if (label >= 0 && !labels[..first].Contains(label))
                labels[count++] = label;
        }

        var logits = scratch.Logits(i);
        Logits(i, labels[first..count], logits[first..count], scratch);
        matcher.Best(named[trained..], scores[trained..], first: LabelCount);
        foreach (var label in named[trained..])
        {
            // Its score is made of its name alone.
            if (label >= 0)
                (labels[count], logits[count++]) = (label, 0);
        }

        labels[count..].Fill(-1);
        logits[count..].Fill(float.NegativeInfinity);
        var names = scratch.Names(i);
        for (var j = 0; j < names.Length; j++)
            names[j] = labels[j] < 0 ? default : matcher[labels[j]];
    }

    private void Logits(int i, ReadOnlySpan<int> labels, Span<float> logits, CandidateScratch scratch)
    {
        var classifier = _network.Classifier;
        _kernels.ShortlistLogits(scratch.Encodings.Rows(i, 1), classifier.Span, classifier.Stride, classifier.Stride, labels, logits);
    }

    /// <summary>Makes scratch for blocks of so many documents.</summary>
    private sealed class ScratchPolicy(CandidateFinder finder, int rows) : PooledObjectPolicy<CandidateScratch>
    {
        public override CandidateScratch Create() => new(
            rows, finder._network, finder._labelEmbeddings, finder._kernels, finder._index is null ? 0 : finder._width, finder._width, finder._centroids, finder._names);

        public override bool Return(CandidateScratch scratch) => true;
    }
}
