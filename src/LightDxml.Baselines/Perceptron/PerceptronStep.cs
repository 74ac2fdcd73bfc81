using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Training;

namespace LightDxml.Baselines.Perceptron;

/// <summary>
/// One step: forward, binary cross-entropy summed over labels and averaged over the batch, backward, Adam. Work is cut at
/// fixed rows, and of a parameter or a sum there is one writer, so that the result does not depend on threads. The
/// output layer is computed labels first, [labels, batch], so that its gradient and update are rows of one thread.
/// </summary>
internal sealed class PerceptronStep(PerceptronLayers layers, PerceptronOptions options, KernelSet kernels, int threads)
{
    private const int LabelBlock = 256;
    private const int UnitBlock = 64;
    private const int PointBlock = 64;
    private const int FeatureBlock = 512;
    private readonly int _first = options.FirstUnits;
    private readonly int _second = options.SecondUnits;
    private readonly DenseMatrix _firstActivations = WithConstant(options.BatchSize, options.FirstUnits);
    private readonly DenseMatrix _secondActivations = WithConstant(options.BatchSize, options.SecondUnits);
    private readonly DenseMatrix _firstGradients = new(options.BatchSize, options.FirstUnits);
    private readonly DenseMatrix _secondGradients = new(options.BatchSize, options.SecondUnits);
    private readonly DenseMatrix _logits = new(layers.Output.Parameters.RowCount, options.BatchSize);
    private readonly BatchColumns _columns = new(layers.Input.Parameters.RowCount);
    private readonly List<int> _entryColumns = [];
    private readonly List<float> _entryValues = [];
    private readonly int[] _offsets = new int[options.BatchSize + 1];

    [ThreadStatic]
    private static float[]? _scratch;

    /// <param name="features">[points, features].</param>
    /// <param name="labels">[points, labels].</param>
    /// <param name="points">The batch.</param>
    /// <param name="number">Counts steps from 1, for Adam and dropout.</param>
    public void Take(SparseMatrix features, SparseMatrix labels, ReadOnlySpan<int> points, int number)
    {
        var adam = AdamStep.At(number, options.Rate);
        var count = points.Length;
        Gather(features, points);
        RowRanges.ForEach(count, PointBlock, threads, (from, to) => Forward(from, to - from, number));
        RowRanges.ForEach(_logits.RowCount, LabelBlock, threads, (from, to) => OutputErrors(from, to - from, count));
        for (var i = 0; i < count; i++)
        {
            foreach (var label in labels.RowColumns(points[i]))
                _logits.Row(label)[i] -= 1f / count;
        }

        RowRanges.ForEach(count, PointBlock, threads, (from, to) => Backward(from, to - from));
        RowRanges.ForEach(_logits.RowCount, LabelBlock, threads, (from, to) =>
            Update(layers.Output, from, to - from, _logits.Rows(from, to - from), _logits.Stride, false, _secondActivations, count, adam));
        RowRanges.ForEach(_second, UnitBlock, threads, (from, to) =>
            Update(layers.Hidden, from, to - from, _secondGradients.Span[from..], _secondGradients.Stride, true, _firstActivations, count, adam));
        UpdateInput(adam);
    }

    /// <summary>The batch's rows in one list, each with the constant feature behind it.</summary>
    private void Gather(SparseMatrix features, ReadOnlySpan<int> points)
    {
        _entryColumns.Clear();
        _entryValues.Clear();
        for (var i = 0; i < points.Length; i++)
        {
            _entryColumns.AddRange(features.RowColumns(points[i]));
            _entryValues.AddRange(features.RowValues(points[i]));
            _entryColumns.Add(features.ColumnCount);
            _entryValues.Add(1);
            _offsets[i + 1] = _entryColumns.Count;
        }

        _columns.Fill(_offsets.AsSpan(0, points.Length + 1), Columns);
    }

    private ReadOnlySpan<int> Columns => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entryColumns);

    private ReadOnlySpan<float> Values => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entryValues);

    private void Forward(int from, int count, int number)
    {
        var first = _firstActivations.Rows(from, count);
        var second = _secondActivations.Rows(from, count);
        var (input, hidden) = (layers.Input.Parameters, layers.Hidden.Parameters);
        // The bag's rows lie closer than the activations', which have room for the constant 1.
        for (var i = 0; i < count; i++)
        {
            var (start, end) = (_offsets[from + i], _offsets[from + i + 1]);
            kernels.EmbeddingBag([0, end - start], Columns[start..end], Values[start..end], input.Span, _first, input.Stride, first.Slice(i * _firstActivations.Stride, _first));
        }

        // Two masks of one step: the second layer's keys follow the first's.
        kernels.DropoutRelu(first, count, _first, _firstActivations.Stride, (float)options.Dropout, (uint)number, (uint)from, first);
        kernels.MatrixMultiply(
            first, _firstActivations.Stride, false, hidden.Span, hidden.Stride, true, count, _second, _first + 1, false,
            Scratch(kernels.MatrixMultiplyScratch(count, _second, _first + 1)), second, _secondActivations.Stride);
        kernels.DropoutRelu(
            second, count, _second, _secondActivations.Stride, (float)options.Dropout, (uint)number, (uint)(options.BatchSize + from), second);
    }

    /// <summary>logits[l, i] ← σ(⟨C_l, h₂⟩) / batch: the gradient but for the true labels.</summary>
    private void OutputErrors(int from, int count, int batch)
    {
        var output = layers.Output.Parameters;
        var logits = _logits.Rows(from, count);
        kernels.MatrixMultiply(
            output.Rows(from, count), output.Stride, false, _secondActivations.Span, _secondActivations.Stride, true, count, batch, _second + 1, false,
            Scratch(kernels.MatrixMultiplyScratch(count, batch, _second + 1)), logits, _logits.Stride);
        for (var label = 0; label < count; label++)
        {
            var row = logits.Slice(label * _logits.Stride, batch);
            TensorPrimitives.Sigmoid(row, row);
            TensorPrimitives.Multiply(row, 1f / batch, row);
        }
    }

    private void Backward(int from, int count)
    {
        var (hidden, output) = (layers.Hidden.Parameters, layers.Output.Parameters);
        var second = _secondGradients.Rows(from, count);
        kernels.MatrixMultiply(
            _logits.Span[from..], _logits.Stride, true, output.Span, output.Stride, false, count, _second, _logits.RowCount, false,
            Scratch(kernels.MatrixMultiplyScratch(count, _second, _logits.RowCount)), second, _secondGradients.Stride);
        MaskGradient(_secondActivations, _secondGradients, from, count);
        var first = _firstGradients.Rows(from, count);
        kernels.MatrixMultiply(
            second, _secondGradients.Stride, false, hidden.Span, hidden.Stride, false, count, _first, _second, false,
            Scratch(kernels.MatrixMultiplyScratch(count, _first, _second)), first, _firstGradients.Stride);
        MaskGradient(_firstActivations, _firstGradients, from, count);
    }

    // Activations have a stride of their own: row by row.
    private void MaskGradient(DenseMatrix activations, DenseMatrix gradients, int from, int count)
    {
        for (var row = from; row < from + count; row++)
            kernels.DropoutReluGradient(activations.Row(row), 1, gradients.Dimensions, gradients.Dimensions, (float)options.Dropout, gradients.Row(row));
    }

    /// <summary>Adam on rows [from, from + count) of a layer, with the gradient errors · inputs.</summary>
    /// <param name="errors">[rows, batch], or [batch, rows] when <paramref name="transposed"/>.</param>
    private void Update(
        AdamMatrix layer, int from, int count, ReadOnlySpan<float> errors, int stride, bool transposed, DenseMatrix inputs, int batch, AdamStep adam)
    {
        var parameters = layer.Parameters;
        var packing = kernels.MatrixMultiplyScratch(count, parameters.Dimensions, batch);
        var scratch = Scratch(packing + count * parameters.Stride);
        var gradients = scratch[packing..];
        // The padding's gradient must be 0, too: Adam goes over whole rows.
        gradients.Clear();
        kernels.MatrixMultiply(
            errors, stride, transposed, inputs.Span, inputs.Stride, false, count, parameters.Dimensions, batch, false, scratch[..packing], gradients, parameters.Stride);
        kernels.Adam(gradients, adam, parameters.Rows(from, count), layer.FirstMoments.Rows(from, count), layer.SecondMoments.Rows(from, count));
    }

    private void UpdateInput(AdamStep adam)
    {
        var input = layers.Input;
        var weights = new float[_columns.Entries.Length];
        for (var entry = 0; entry < weights.Length; entry++)
            weights[entry] = _entryValues[_columns.Entries[entry]];
        RowRanges.ForEach(_columns.TouchedCount, FeatureBlock, threads, (from, to) => kernels.RowAdam(
            _columns.Touched[from..to], _columns.Offsets.Slice(from, to - from + 1), _columns.Rows, weights, _firstGradients.Span, _first, input.Parameters.Stride, adam,
            input.Parameters.Span, input.FirstMoments.Span, input.SecondMoments.Span));
    }

    private static Span<float> Scratch(int length)
    {
        if (_scratch is null || _scratch.Length < length)
            _scratch = GC.AllocateUninitializedArray<float>(length);
        return _scratch.AsSpan(0, length);
    }

    /// <summary>[rows, units + 1] with a last column of ones.</summary>
    private static DenseMatrix WithConstant(int rows, int units)
    {
        var matrix = new DenseMatrix(rows, units + 1);
        for (var row = 0; row < rows; row++)
            matrix.Row(row)[units] = 1;
        return matrix;
    }
}
