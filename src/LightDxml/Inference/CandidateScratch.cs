using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels;
using LightDxml.Models;

namespace LightDxml.Inference;

/// <summary>What one thread needs to find the candidates of a block of documents, and the candidates that it found.</summary>
internal sealed class CandidateScratch
{
    private readonly int _rows;
    private readonly DenseNetwork _network;
    private readonly DenseMatrix _labelEmbeddings;
    private readonly KernelSet _kernels;
    private readonly SparseCentroidIndex? _centroids;
    private int[] _labels = [];
    private float[] _logits = [];
    private float[] _cosines = [];
    private float[] _scaled = [];

    /// <param name="rows">Documents of a block.</param>
    /// <param name="width">Labels on a shortlist; 0 where every logit is looked at.</param>
    /// <param name="centroids">Where labels are found by embedding and centroid both, else null.</param>
    public CandidateScratch(int rows, DenseNetwork network, DenseMatrix labelEmbeddings, KernelSet kernels, int width, SparseCentroidIndex? centroids)
    {
        (_rows, _network, _labelEmbeddings, _kernels, _centroids) = (rows, network, labelEmbeddings, kernels, centroids);
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

    /// <summary>Candidates per document, as reserved.</summary>
    public int CandidateCount { get; private set; }

    public int[] Shortlist { get; }

    public float[] Similarities { get; }

    /// <summary>Where labels are found by embedding and centroid both.</summary>
    public JointShortlist? Joint { get; private set; }

    public float[] Products { get; private set; }

    /// <summary>Makes room for this many candidates per document.</summary>
    public void Reserve(int candidates)
    {
        if (candidates == CandidateCount)
            return;
        CandidateCount = candidates;
        _labels = new int[_rows * candidates];
        _logits = new float[_rows * candidates];
        _cosines = new float[candidates];
        if (_centroids is not null)
            Joint = new JointShortlist(_centroids, _labelEmbeddings, _kernels, Shortlist.Length, candidates);
        if (Shortlist.Length == 0)
        {
            var classifier = _network.Classifier;
            Products = new float[_kernels.InnerProductTopKScratch(_rows, classifier.RowCount, classifier.Stride, candidates)];
        }
    }

    public Span<int> Labels(int i) => _labels.AsSpan(i * CandidateCount, CandidateCount);

    public Span<float> Logits(int i) => _logits.AsSpan(i * CandidateCount, CandidateCount);

    /// <summary>[candidates] room for one document's similarities.</summary>
    public Span<float> Cosines => _cosines;

    public Span<int> AllLabels(int count) => _labels.AsSpan(0, count * CandidateCount);

    public Span<float> AllLogits(int count) => _logits.AsSpan(0, count * CandidateCount);

    /// <summary>The values times a factor, in memory that grows to the largest document seen.</summary>
    public ReadOnlySpan<float> Scaled(ReadOnlySpan<float> values, float factor)
    {
        if (_scaled.Length < values.Length)
            _scaled = new float[values.Length * 2];
        TensorPrimitives.Multiply(values, factor, _scaled);
        return _scaled.AsSpan(0, values.Length);
    }
}
