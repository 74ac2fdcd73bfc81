using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Training;

namespace LightDxml.Torch;

/// <summary>
/// The network, losses, seeds and steps of <see cref="CpuTrainingEngine"/> on libtorch, on the processor or a CUDA device.
/// Automatic differentiation goes from the loss down to the documents' sums of token embeddings and to the touched rows of
/// the classifier; from there on, rows are updated lazily by hand. Sums may be taken in another order than the CPU engine's,
/// so that results agree to rounding, not bit for bit.
/// </summary>
internal sealed partial class TorchEngine : ITrainingEngine
{
    private const int EncodedRows = 2048;

    private readonly EncoderOptions _options;
    private readonly bool _mixedPrecision;
    private readonly int _featureCount;
    private readonly int _labelCount;
    private readonly uint _dropoutSeed;
    private readonly uint _featureDropoutSeed;
    private readonly Device _device;
    private readonly RowBags _bags;
    private readonly RowBags _gradientBags;
    private readonly ILazyTensor _embeddings;
    private readonly AdamTensor _residualWeights;
    private readonly AdamTensor _residualBias;
    private readonly ILazyTensor _classifier;
    private readonly SpectralLimit _spectralLimit;
    private readonly DropoutLayer _dropout;
    private readonly string _threads;
    private readonly GatheredRows _rows = new();
    private readonly GatheredSlots _slots = new();

    /// <param name="start">The parameters before the first step; copied.</param>
    /// <param name="threads">Threads that libtorch uses on the processor, in the whole program; 0 takes every processor.</param>
    public TorchEngine(DenseNetwork start, TrainingOptions options, int threads)
    {
        _options = options.Encoder;
        _mixedPrecision = options.Engine.MixedPrecision;
        _featureCount = start.FeatureCount;
        _labelCount = start.LabelCount;
        _dropoutSeed = (uint)new RandomNumbers(options.Seed, RandomPurpose.Dropout).NextWord();
        _featureDropoutSeed = (uint)new RandomNumbers(options.Seed, RandomPurpose.FeatureDropout).NextWord();
        _device = TorchDevices.Choose(options.Engine.Device, "engine.device");
        threads = RowRanges.ResolveThreads(threads);
        torch.set_num_threads(threads);
        _threads = _device.type == DeviceType.CPU ? $" (threads: {threads})" : "";
        _bags = new RowBags(HostTransfer.Upload(start.Embeddings.ToMatrix(), _device));
        _gradientBags = new RowBags(torch.zeros(options.Schedule.BatchSize, _options.Dimensions, dtype: torch.ScalarType.Float32, device: _device));
        _embeddings = Rows(_bags.Rows);
        _residualWeights = new AdamTensor(HostTransfer.Upload(start.ResidualWeights, _device));
        _residualBias = new AdamTensor(HostTransfer.Upload(start.ResidualBias, _device));
        _classifier = Rows(HostTransfer.Upload(start.Classifier, _device));
        _spectralLimit = new SpectralLimit(_options.Dimensions, _device);
        _dropout = new DropoutLayer((float)_options.Dropout, _options.Dimensions, _device);
    }

    /// <summary>With the number of threads where the bits depend on it.</summary>
    public string Name => $"torch on {_device}{_threads}{(_mixedPrecision ? ", mixed precision" : "")}";

    public void Encode(SparseMatrix features, DenseMatrix encodings)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(encodings);
        CheckFeatures(features);
        TorchFaults.Explained(() => EncodeRows(features, encodings));
    }

    private void EncodeRows(SparseMatrix features, DenseMatrix encodings)
    {
        using var inference = torch.no_grad();
        for (var first = 0; first < features.RowCount; first += EncodedRows)
        {
            using var scope = torch.NewDisposeScope();
            _rows.Clear();
            for (var row = first; row < Math.Min(features.RowCount, first + EncodedRows); row++)
                _rows.Add(features, row);
            var rows = _rows.Upload(_device);
            var hidden = _bags.Sums(rows.Offsets, rows.Columns, rows.Values).relu_();
            var residual = hidden.matmul(_residualWeights.Parameters.t()).Add(_residualBias.Parameters).relu_();
            HostTransfer.Download(hidden.Add(residual), encodings, first);
        }
    }

    public DenseNetwork Export() => TorchFaults.Explained(() => new DenseNetwork(
        new DenseEmbeddings(Matrix(_embeddings.Parameters)), Matrix(_residualWeights.Parameters), Matrix(_residualBias.Parameters), Matrix(_classifier.Parameters)));

    public void Save(SafetensorsWriter state) => TorchFaults.Explained(() =>
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (name, tensor) in State)
            state.Add(name, Matrix(tensor));
    });

    public void Restore(SafetensorsFile state) => TorchFaults.Explained(() =>
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.no_grad();
        foreach (var (name, tensor) in State)
        {
            var matrix = new DenseMatrix((int)tensor.shape[0], (int)tensor.shape[1]);
            state.Read(name, matrix);
            tensor.copy_(HostTransfer.Upload(matrix, _device));
        }
    });

    private IEnumerable<(string Name, Tensor Tensor)> State =>
    [
        .. new (string Name, ILazyTensor Rows)[] { ("embeddings", _embeddings), ("residual", _residualWeights), ("bias", _residualBias), ("classifier", _classifier) }
            .SelectMany(part => part.Rows.State.Select(state => ($"{part.Name}.{state.Name}", state.Tensor))),
        ("spectralLimit", _spectralLimit.Direction),
    ];

    public void Dispose()
    {
        _dropout.Dispose();
        _spectralLimit.Dispose();
        _classifier.Dispose();
        _residualBias.Dispose();
        _residualWeights.Dispose();
        _embeddings.Dispose();
        _gradientBags.Dispose();
        _bags.Dispose();
    }

    private ILazyTensor Rows(Tensor parameters) =>
        _options.Optimizer == RowOptimizer.Adam ? new AdamTensor(parameters) : new RowRmsTensor(parameters);

    private static DenseMatrix Matrix(Tensor tensor)
    {
        var matrix = new DenseMatrix((int)tensor.shape[0], (int)tensor.shape[1]);
        HostTransfer.Download(tensor, matrix);
        return matrix;
    }

    // Libtorch ends the process over an index that is out of range on a CUDA device.
    private void CheckFeatures(SparseMatrix features)
    {
        if (features.ColumnCount > _featureCount)
            throw new LightDxmlException($"The documents have {features.ColumnCount} features, but the engine was made for {_featureCount}; were they made with the same vocabulary?");
    }
}
