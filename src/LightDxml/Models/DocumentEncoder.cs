using LightDxml.Data;
using LightDxml.Kernels;

namespace LightDxml.Models;

/// <summary>
/// The forward pass of the encoder with dropout off: h = ReLU(Σ_f x_f E_f); z = h + ReLU(W h + b). Reads the network's
/// parameters as they stand and may be used from many threads, each with its own <see cref="Scratch"/>.
/// </summary>
internal sealed class DocumentEncoder(DenseNetwork network, KernelSet kernels)
{
    private const int BlockRows = 64;

    /// <summary>Encodes every point into encodings[point, 0..dimensions), leaving further columns alone; each process of a group takes a part, and gets all.</summary>
    /// <param name="encodings">[points, at least dimensions].</param>
    public void Encode(SparseMatrix features, DenseMatrix encodings, Workers workers)
    {
        CheckFeatures(features);
        using var scratch = new ThreadLocal<Scratch>(() => new Scratch(network, kernels));
        var parts = workers.Parts(features.RowCount, row => features.RowLength(row));
        workers.ForEach(parts, BlockRows, (first, end) =>
            Encode(features, first, end, encodings.Rows(first, end - first), encodings.Stride, scratch.Value!));
        workers.Processes.Gather(encodings.Span, encodings.Stride, parts, "encodings");
    }

    /// <summary>Encodes points [first, end) in the caller's thread.</summary>
    /// <param name="encodings">[end − first, stride].</param>
    public void Encode(SparseMatrix features, int first, int end, Span<float> encodings, int stride, Scratch scratch)
    {
        for (var block = first; block < end; block += BlockRows)
        {
            var count = Math.Min(BlockRows, end - block);
            for (var row = 0; row < count; row++)
                Bag(features.RowColumns(block + row), features.RowValues(block + row), scratch.Hidden(row));
            Finish(count, encodings[((block - first) * stride)..], stride, scratch);
        }
    }

    /// <summary>Encodes one document in the caller's thread, without allocation.</summary>
    /// <param name="columns">Feature columns below the feature count.</param>
    /// <param name="encoding">[dimensions].</param>
    public void Encode(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> encoding, Scratch scratch)
    {
        Bag(columns, values, scratch.Hidden(0));
        Finish(1, encoding, encoding.Length, scratch);
    }

    /// <exception cref="LightDxmlException">The documents have features that the model does not know.</exception>
    public void CheckFeatures(SparseMatrix features)
    {
        if (features.ColumnCount > network.FeatureCount)
        {
            throw new LightDxmlException(
                $"The documents have {features.ColumnCount} features, but the model was trained with {network.FeatureCount}; were they made with the same vocabulary?");
        }
    }

    private void Bag(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> bag) =>
        network.Embeddings.Bag(kernels, columns, values, bag);

    private void Finish(int count, Span<float> encodings, int stride, Scratch scratch)
    {
        var dimensions = network.Dimensions;
        var width = DenseMatrix.StrideOf(dimensions);
        var hidden = scratch.HiddenRows;
        var residual = scratch.ResidualRows;
        kernels.DropoutRelu(hidden, count, dimensions, width, 0, 0, 0, hidden);
        kernels.MatrixMultiply(
            hidden, width, false, network.ResidualWeights.Span, network.ResidualWeights.Stride, true,
            count, dimensions, dimensions, false, scratch.Packing, residual, width);
        var bias = network.ResidualBias.Row(0);
        for (var row = 0; row < count; row++)
        {
            var h = hidden.Slice(row * width, dimensions);
            var r = residual.Slice(row * width, dimensions);
            var z = encodings.Slice(row * stride, dimensions);
            for (var c = 0; c < dimensions; c++)
                z[c] = h[c] + Math.Max(r[c] + bias[c], 0);
        }
    }

    /// <summary>What one thread needs to encode blocks of documents.</summary>
    public sealed class Scratch(DenseNetwork network, KernelSet kernels)
    {
        private readonly DenseMatrix _hidden = new(BlockRows, network.Dimensions);
        private readonly DenseMatrix _residual = new(BlockRows, network.Dimensions);
        private readonly float[] _packing = new float[kernels.MatrixMultiplyScratch(BlockRows, network.Dimensions, network.Dimensions)];

        internal Span<float> HiddenRows => _hidden.Span;

        internal Span<float> ResidualRows => _residual.Span;

        internal Span<float> Packing => _packing;

        /// <summary>A row with its padding.</summary>
        internal Span<float> Hidden(int row) => _hidden.Rows(row, 1);
    }
}
