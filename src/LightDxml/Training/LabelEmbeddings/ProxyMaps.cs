using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>The two linear maps of label-embedding training, φ(c) = M₂(M₁ c + a₁) + a₂, with their Adam state.</summary>
internal sealed class ProxyMaps : IDisposable
{
    /// <summary>What processes exchange for label embeddings.</summary>
    public const string Exchanged = "label embeddings";

    private const int LeastBlock = 32;
    private readonly KernelSet _kernels;
    private readonly Workers _workers;
    private readonly int _blockLabels;
    private readonly AdamMatrix _first;
    private readonly AdamMatrix _firstBias;
    private readonly AdamMatrix _second;
    private readonly AdamMatrix _secondBias;
    private readonly DenseMatrix _inputs;
    private readonly DenseMatrix _hidden;
    private readonly DenseMatrix _outputs;
    private readonly DenseMatrix _outputGradients;
    private readonly DenseMatrix _hiddenGradients;
    private readonly DenseMatrix _firstGradient;
    private readonly DenseMatrix _secondGradient;
    private readonly double[] _losses;
    private readonly ThreadLocal<float[]> _packing;
    private int _step;

    public ProxyMaps(int dimensions, ProxyOptions options, int seed, KernelSet kernels, Workers workers)
    {
        _kernels = kernels;
        _workers = workers;

        // Two blocks a thread and step; each block packs the maps anew.
        _blockLabels = Math.Max(LeastBlock, options.BatchLabels / (2 * workers.Threads));
        var hidden = options.Hidden;
        _first = new AdamMatrix(hidden, dimensions);
        _firstBias = new AdamMatrix(1, hidden);
        _second = new AdamMatrix(dimensions, hidden);
        _secondBias = new AdamMatrix(1, dimensions);
        _inputs = new DenseMatrix(options.BatchLabels, dimensions);
        _hidden = new DenseMatrix(options.BatchLabels, hidden);
        _outputs = new DenseMatrix(options.BatchLabels, dimensions);
        _outputGradients = new DenseMatrix(options.BatchLabels, dimensions);
        _hiddenGradients = new DenseMatrix(options.BatchLabels, hidden);
        _firstGradient = new DenseMatrix(hidden, dimensions);
        _secondGradient = new DenseMatrix(dimensions, hidden);
        _losses = new double[options.BatchLabels];
        var packing = Math.Max(
            kernels.MatrixMultiplyScratch(_blockLabels, Math.Max(hidden, dimensions), Math.Max(hidden, dimensions)),
            kernels.MatrixMultiplyScratch(Math.Max(hidden, dimensions), Math.Max(hidden, dimensions), options.BatchLabels));
        _packing = new ThreadLocal<float[]>(() => new float[packing]);
        StartAsIdentity(dimensions, hidden, seed);
    }

    /// <summary>One Adam step on a batch of labels.</summary>
    /// <returns>The batch's loss, summed over its pairs.</returns>
    public double Step(ReadOnlyMemory<int> labels, DenseMatrix centroids, SparseMatrix labelPoints, DenseMatrix encodings, double rate)
    {
        var pairs = 0L;
        foreach (var label in labels.Span)
            pairs += labelPoints.RowLength(label);
        var scale = 1f / pairs;
        for (var i = 0; i < labels.Length; i++)
            centroids.Row(labels.Span[i]).CopyTo(_inputs.Row(i));
        var parts = _workers.Parts(labels.Length, i => labelPoints.RowLength(labels.Span[i]));
        _workers.ForEach(parts, _blockLabels, (first, end) =>
        {
            var count = end - first;
            Forward(_inputs.Rows(first, count), count, _hidden.Rows(first, count), _outputs.Rows(first, count));
            for (var i = first; i < end; i++)
            {
                _losses[i] = _kernels.ProxyLoss(
                    _outputs.Row(i), labelPoints.RowColumns(labels.Span[i]), encodings.Span, encodings.Stride,
                    encodings.Dimensions, scale, _outputGradients.Rows(i, 1));
            }

            _kernels.MatrixMultiply(
                _outputGradients.Rows(first, count), _outputGradients.Stride, false, _second.Parameters.Span, _second.Parameters.Stride, false,
                count, _hidden.Dimensions, _outputs.Dimensions, false, _packing.Value, _hiddenGradients.Rows(first, count), _hidden.Stride);
        });
        using var exchange = new Exchange(_workers.Processes, Exchanged);
        exchange.Add(_hidden, parts).Add(_outputGradients, parts).Add(_hiddenGradients, parts).Add(_losses, 1, parts).Complete();

        _step++;
        var adam = AdamStep.At(_step, rate);
        RowRanges.ForEach(2, 1, _workers.Threads, (map, _) =>
        {
            if (map == 0)
                Update(_hiddenGradients, _inputs, labels.Length, adam, _first, _firstBias, _firstGradient);
            else
                Update(_outputGradients, _hidden, labels.Length, adam, _second, _secondBias, _secondGradient);
        });
        return _losses.AsSpan(0, labels.Length).ToArray().Sum();
    }

    /// <summary>Puts φ of the labels' centroids in their place; the other rows stay zero. Where most labels have no points, that is most of the work saved.</summary>
    /// <param name="labels">Rows of the centroids, ascending, gathered block by block.</param>
    public void Apply(DenseMatrix centroids, int[] labels)
    {
        using var blocks = new ThreadLocal<(DenseMatrix Inputs, DenseMatrix Hidden, DenseMatrix Outputs)>(() => (
            new(_blockLabels, centroids.Dimensions), new(_blockLabels, _hidden.Dimensions), new(_blockLabels, centroids.Dimensions)));
        var parts = _workers.Parts(labels.Length);
        _workers.ForEach(parts, _blockLabels, (first, end) =>
        {
            var (inputs, hidden, outputs) = blocks.Value;
            for (var i = first; i < end; i++)
                centroids.Row(labels[i]).CopyTo(inputs.Row(i - first));
            Forward(inputs.Span, end - first, hidden.Span, outputs.Span);
            for (var i = first; i < end; i++)
                outputs.Row(i - first).CopyTo(centroids.Row(labels[i]));
        });
        _workers.Processes.Gather(centroids.Span, centroids.Stride, [.. parts.Select(i => i < labels.Length ? labels[i] : centroids.RowCount)], Exchanged);
    }

    /// <summary>Writes what the next steps depend on.</summary>
    public void Save(SafetensorsWriter state)
    {
        foreach (var (name, matrix) in Matrices)
            matrix.Save(state, name);
        state.Add("step", _step);
    }

    /// <summary>Goes on where others of the same sizes were saved.</summary>
    public void Restore(SafetensorsFile state)
    {
        foreach (var (name, matrix) in Matrices)
            matrix.Restore(state, name);
        _step = state.Whole("step")[0];
    }

    public void Dispose() => _packing.Dispose();

    private (string Name, AdamMatrix Matrix)[] Matrices => [("first", _first), ("firstBias", _firstBias), ("second", _second), ("secondBias", _secondBias)];

    private void Forward(ReadOnlySpan<float> inputs, int count, Span<float> hidden, Span<float> outputs)
    {
        Map(inputs, _inputs.Dimensions, _inputs.Stride, _first, _firstBias, count, hidden, _hidden.Dimensions, _hidden.Stride);
        Map(hidden, _hidden.Dimensions, _hidden.Stride, _second, _secondBias, count, outputs, _outputs.Dimensions, _outputs.Stride);
    }

    private void Map(
        ReadOnlySpan<float> inputs, int inputDimensions, int inputStride, AdamMatrix weights, AdamMatrix bias,
        int count, Span<float> outputs, int outputDimensions, int outputStride)
    {
        _kernels.MatrixMultiply(
            inputs, inputStride, false, weights.Parameters.Span, weights.Parameters.Stride, true,
            count, outputDimensions, inputDimensions, false, _packing.Value, outputs, outputStride);
        for (var row = 0; row < count; row++)
        {
            var output = outputs.Slice(row * outputStride, outputDimensions);
            TensorPrimitives.Add(output, bias.Parameters.Row(0), output);
        }
    }

    /// <summary>dM = gradientsᵀ · inputs, da = sum of the gradients; Adam on both.</summary>
    private void Update(DenseMatrix gradients, DenseMatrix inputs, int count, AdamStep adam, AdamMatrix weights, AdamMatrix bias, DenseMatrix weightGradient)
    {
        _kernels.MatrixMultiply(
            gradients.Span, gradients.Stride, true, inputs.Span, inputs.Stride, false,
            gradients.Dimensions, inputs.Dimensions, count, false, _packing.Value, weightGradient.Span, weightGradient.Stride);
        var biasGradient = new DenseMatrix(1, gradients.Dimensions);
        for (var i = 0; i < count; i++)
            TensorPrimitives.Add(biasGradient.Row(0), gradients.Row(i), biasGradient.Row(0));
        _kernels.Adam(weightGradient.Span, adam, weights.Parameters.Span, weights.FirstMoments.Span, weights.SecondMoments.Span);
        _kernels.Adam(biasGradient.Span, adam, bias.Parameters.Span, bias.FirstMoments.Span, bias.SecondMoments.Span);
    }

    /// <summary>M₂M₁ = I; hidden units beyond the dimensions start with small random inputs and no output, free to be used.</summary>
    private void StartAsIdentity(int dimensions, int hidden, int seed)
    {
        for (var d = 0; d < Math.Min(dimensions, hidden); d++)
        {
            _first.Parameters.Row(d)[d] = 1;
            _second.Parameters.Row(d)[d] = 1;
        }

        var deviation = 1 / Math.Sqrt(dimensions);
        var random = new RandomNumbers(seed, RandomPurpose.ProxyWeights);
        for (var unit = dimensions; unit < hidden; unit++)
        {
            foreach (ref var weight in _first.Parameters.Row(unit))
                weight = (float)(deviation * random.NextNormal());
        }
    }
}
