using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.Names;

namespace LightDxml.Inference;

/// <summary>What one thread needs to find the candidates of a block of documents, and the candidates that it found.</summary>
internal sealed class CandidateScratch
{
    /// <summary>Labels that centroids find for each candidate, where they alone find any: twice as many again raise P@5 by 0.05 at a third more time.</summary>
    private const int Pool = 2;

    private readonly int _rows;
    private readonly DenseNetwork _network;
    private readonly DenseMatrix _labelEmbeddings;
    private readonly KernelSet _kernels;
    private readonly SparseCentroidIndex? _centroids;
    private readonly int _nearest;
    private int[] _labels = [];
    private float[] _logits = [];
    private float[] _cosines = [];
    private float[] _scaled = [];
    private int[] _standardColumns = [];
    private float[] _standardValues = [];
    private int[] _scannedLabels = [];
    private float[] _scannedLogits = [];
    private NameSignal[] _names = [];

    /// <param name="rows">Documents of a block.</param>
    /// <param name="width">Labels that an index of embeddings finds; 0 where none is searched.</param>
    /// <param name="nearest">Labels that the centroids find at most where no index of embeddings is searched; no fewer than candidates.</param>
    /// <param name="centroids">Where labels are found by their centroids, too, else null.</param>
    /// <param name="names">Where labels are found by their names, too, else null.</param>
    public CandidateScratch(
        int rows, DenseNetwork network, DenseMatrix labelEmbeddings, KernelSet kernels, int width, int nearest, SparseCentroidIndex? centroids, NameIndex? names)
    {
        Matcher = names is null ? null : new NameMatcher(names);
        (_rows, _network, _labelEmbeddings, _kernels, _centroids, _nearest) = (rows, network, labelEmbeddings, kernels, centroids, nearest);
        Encoder = new DocumentEncoder.Scratch(network, kernels);
        Encodings = new DenseMatrix(_rows, network.Dimensions + 1);
        Units = new DenseMatrix(_rows, network.Dimensions);
        (Shortlist, Similarities, Products) = (new int[width], new float[width], new float[width]);
    }

    public DocumentEncoder.Scratch Encoder { get; }

    /// <summary>z with a constant 1 behind it.</summary>
    public DenseMatrix Encodings { get; }

    /// <summary>z of unit length.</summary>
    public DenseMatrix Units { get; }

    /// <summary>Compares documents with names, where labels are found by them.</summary>
    public NameMatcher? Matcher { get; }

    /// <summary>Candidates per document, as reserved: those of the network and behind them those that only their names speak for.</summary>
    public int CandidateCount { get; private set; }

    /// <summary>Candidates of the network, the first of a document's.</summary>
    public int NetworkCount { get; private set; }

    /// <summary>Room for the labels of the most similar names, and their similarities.</summary>
    public int[] NamedLabels { get; private set; } = [];

    public float[] NamedScores { get; private set; } = [];

    public int[] Shortlist { get; }

    public float[] Similarities { get; }

    /// <summary>Where labels are found by their centroids, too.</summary>
    public JointShortlist? Joint { get; private set; }

    public float[] Products { get; private set; }

    /// <summary>Makes room for this many candidates per document.</summary>
    /// <param name="candidates">Those of the network.</param>
    /// <param name="named">Those that names add.</param>
    public void Reserve(int candidates, int named)
    {
        if (candidates == NetworkCount && named == NamedLabels.Length)
            return;
        (NetworkCount, CandidateCount) = (candidates, candidates + named);
        _labels = new int[_rows * CandidateCount];
        _logits = new float[_rows * CandidateCount];
        _cosines = new float[CandidateCount];
        (NamedLabels, NamedScores) = (new int[named], new float[named]);
        if (Matcher is not null)
            _names = new NameSignal[_rows * CandidateCount];
        if (named > 0)
            (_scannedLabels, _scannedLogits) = (new int[_rows * candidates], new float[_rows * candidates]);
        if (_centroids is not null)
            Joint = new JointShortlist(_centroids, _labelEmbeddings, _kernels, Shortlist.Length, Shortlist.Length > 0 ? candidates : Math.Clamp(Pool * candidates, candidates, _nearest));
        else if (Shortlist.Length == 0)
        {
            var classifier = _network.Classifier;
            Products = new float[_kernels.InnerProductTopKScratch(_rows, classifier.RowCount, classifier.Stride, candidates)];
        }
    }

    public Span<int> Labels(int i) => _labels.AsSpan(i * CandidateCount, CandidateCount);

    public Span<float> Logits(int i) => _logits.AsSpan(i * CandidateCount, CandidateCount);

    /// <summary>[candidates] room for one document's similarities.</summary>
    public Span<float> Cosines => _cosines;

    /// <summary>What the candidates' names have in common with the document; empty where labels are not found by names.</summary>
    public Span<NameSignal> Names(int i) => Matcher is null ? [] : _names.AsSpan(i * CandidateCount, CandidateCount);

    public Span<NameSignal> AllNames(int count) => Matcher is null ? [] : _names.AsSpan(0, count * CandidateCount);

    /// <summary>[count, network's candidates] where a scan leaves its labels; <see cref="TakeScanned"/> puts them in their places.</summary>
    public Span<int> ScannedLabels(int count) => NamedLabels.Length == 0 ? AllLabels(count) : _scannedLabels.AsSpan(0, count * NetworkCount);

    public Span<float> ScannedLogits(int count) => NamedLabels.Length == 0 ? AllLogits(count) : _scannedLogits.AsSpan(0, count * NetworkCount);

    public void TakeScanned(int count)
    {
        if (NamedLabels.Length == 0)
            return;
        for (var i = 0; i < count; i++)
        {
            _scannedLabels.AsSpan(i * NetworkCount, NetworkCount).CopyTo(Labels(i));
            _scannedLogits.AsSpan(i * NetworkCount, NetworkCount).CopyTo(Logits(i));
        }
    }

    public Span<int> AllLabels(int count) => _labels.AsSpan(0, count * CandidateCount);

    public Span<float> AllLogits(int count) => _logits.AsSpan(0, count * CandidateCount);

    /// <summary>The document's features on one scale, in memory that grows to the largest document seen.</summary>
    public void Standardize(FeatureScaling scaling, ref ReadOnlySpan<int> columns, ref ReadOnlySpan<float> values)
    {
        if (_standardColumns.Length < scaling.Room(columns.Length))
            (_standardColumns, _standardValues) = (new int[2 * scaling.Room(columns.Length)], new float[2 * scaling.Room(columns.Length)]);
        var count = scaling.Apply(columns, values, _standardColumns, _standardValues);
        columns = _standardColumns.AsSpan(0, count);
        values = _standardValues.AsSpan(0, count);
    }

    /// <summary>The values times a factor, in memory that grows to the largest document seen.</summary>
    public ReadOnlySpan<float> Scaled(ReadOnlySpan<float> values, float factor)
    {
        if (_scaled.Length < values.Length)
            _scaled = new float[values.Length * 2];
        TensorPrimitives.Multiply(values, factor, _scaled);
        return _scaled.AsSpan(0, values.Length);
    }
}
