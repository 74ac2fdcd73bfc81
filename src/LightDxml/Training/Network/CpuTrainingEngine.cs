using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// The default engine: fused kernels on the processor. A step has two parallel regions. In the first, blocks of documents
/// run forward and backward down to the gradient of their hidden layer, while the batch's columns are gathered; in the
/// second, each touched row of the classifier and of the token embeddings is updated by one thread, its gradient summed in
/// batch order. So the result is the same, bit for bit, for any number of threads.
/// Of several processes each takes a part of the batch's documents, and gets what the others' documents contribute; then all move all touched rows.
/// </summary>
internal sealed partial class CpuTrainingEngine : ITrainingEngine
{
    private const int BlockDocuments = 32;
    private const int BlockRows = 256;

    private readonly EncoderOptions _options;
    private readonly KernelSet _kernels;
    private readonly int _threads;
    private readonly Workers _workers;
    private readonly uint _dropoutSeed;
    private readonly uint _featureDropoutSeed;
    private readonly ILazyRows _embeddings;
    private readonly AdamMatrix _residualWeights;
    private readonly AdamMatrix _residualBias;
    private readonly ILazyRows _classifier;
    private readonly SpectralNorm _spectralNorm;
    private readonly StepBuffers _buffers;
    private readonly ThreadLocal<float[]> _packing;
    private readonly DocumentEncoder _encoder;

    public CpuTrainingEngine(int featureCount, int labelCount, TrainingOptions options, KernelSet kernels, Workers workers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(kernels);
        _options = options.Encoder;
        _kernels = kernels;
        _threads = RowRanges.ResolveThreads(workers.Threads);
        _workers = workers with { Threads = _threads };
        _dropoutSeed = (uint)new RandomNumbers(options.Seed, RandomPurpose.Dropout).NextWord();
        _featureDropoutSeed = (uint)new RandomNumbers(options.Seed, RandomPurpose.FeatureDropout).NextWord();
        var dimensions = _options.Dimensions;
        _embeddings = Rows(featureCount, dimensions);
        _residualWeights = new AdamMatrix(dimensions, dimensions);
        _residualBias = new AdamMatrix(1, dimensions);
        _classifier = Rows(labelCount, dimensions + 1);
        _spectralNorm = new SpectralNorm(dimensions);
        _buffers = new StepBuffers(options.Schedule.BatchSize, featureCount, labelCount, dimensions);
        var packing = Math.Max(
            kernels.MatrixMultiplyScratch(BlockDocuments, dimensions, dimensions),
            kernels.MatrixMultiplyScratch(dimensions, dimensions, options.Schedule.BatchSize));
        _packing = new ThreadLocal<float[]>(() => new float[packing]);
        Network = new DenseNetwork(new DenseEmbeddings(_embeddings.Parameters), _residualWeights.Parameters, _residualBias.Parameters, _classifier.Parameters);
        _encoder = new DocumentEncoder(Network, kernels);
        InitialNetwork.Fill(Network, options, _threads);
    }

    public string Name => "cpu";

    /// <summary>The live parameters.</summary>
    public DenseNetwork Network { get; }

    /// <summary>Adam's first moments of E, W, b and the classifier, where all of them have some.</summary>
    internal IEnumerable<DenseMatrix> FirstMoments =>
        new[] { _embeddings, _residualWeights, _residualBias, _classifier }.Cast<AdamMatrix>().Select(matrix => matrix.FirstMoments);

    public void Encode(SparseMatrix features, DenseMatrix encodings) => _encoder.Encode(features, encodings, _workers);

    public DenseNetwork Current => Network;

    public DenseNetwork Export() => new(
        new DenseEmbeddings(_embeddings.Parameters.Clone()), Network.ResidualWeights.Clone(), Network.ResidualBias.Clone(), Network.Classifier.Clone());

    public void Save(SafetensorsWriter state)
    {
        foreach (var (name, rows) in Matrices)
            rows.Save(state, name);
        state.Add("spectralNorm", _spectralNorm.Direction);
    }

    public void Restore(SafetensorsFile state)
    {
        foreach (var (name, rows) in Matrices)
            rows.Restore(state, name);
        state.Floats("spectralNorm").CopyTo(_spectralNorm.Direction, 0);
    }

    public void Dispose() => _packing.Dispose();

    private (string Name, ILazyRows Rows)[] Matrices =>
        [("embeddings", _embeddings), ("residual", _residualWeights), ("bias", _residualBias), ("classifier", _classifier)];

    private ILazyRows Rows(int count, int dimensions) =>
        _options.Optimizer == RowOptimizer.Adam ? new AdamMatrix(count, dimensions) : new RowRmsMatrix(count, dimensions);
}
