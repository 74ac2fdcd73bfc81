using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Kernels;

namespace LightDxml.Training;

internal sealed partial class CpuTrainingEngine
{
    private void UpdateRows(int count, int step, LearningRates rates)
    {
        var labelBlocks = (_buffers.Labels.TouchedCount + BlockRows - 1) / BlockRows;
        var featureBlocks = (_buffers.Features.TouchedCount + BlockRows - 1) / BlockRows;
        RowRanges.ForEach(1 + labelBlocks + featureBlocks, 1, _threads, (piece, _) =>
        {
            if (piece == 0)
                UpdateResidualBlock(count, AdamStep.At(step, rates.Residual));
            else if (piece <= labelBlocks)
                UpdateRows(_buffers.Labels, _buffers.SlotGradients, _buffers.LabelWeights, _buffers.Encodings, (piece - 1) * BlockRows, step, rates.Classifier, _classifier);
            else
                UpdateRows(_buffers.Features, _buffers.FeatureValues, _buffers.FeatureWeights, _buffers.HiddenGradients, (piece - 1 - labelBlocks) * BlockRows, step, rates.Embedding, _embeddings);
        });
    }

    /// <summary>A step of the touched rows from <paramref name="firstTouched"/> on.</summary>
    /// <param name="entryWeights">The weight of each entry in batch order.</param>
    /// <param name="columnWeights">Room for the same in column order; each range fills its own part.</param>
    private void UpdateRows(
        BatchColumns columns, float[] entryWeights, float[] columnWeights, DenseMatrix sources, int firstTouched, int step, double rate, ILazyRows target)
    {
        var end = Math.Min(columns.TouchedCount, firstTouched + BlockRows);
        var offsets = columns.Offsets[firstTouched..(end + 1)];
        var entries = columns.Entries;
        for (var place = offsets[0]; place < offsets[^1]; place++)
            columnWeights[place] = entryWeights[entries[place]];
        target.Step(_kernels, step, rate, columns.Touched[firstTouched..end], offsets, columns.Rows, columnWeights, sources);
    }

    /// <summary>dW = (residual gradients)ᵀ · hidden and db = their sum; Adam; then W is brought back to spectral norm 1.</summary>
    private void UpdateResidualBlock(int count, AdamStep adam)
    {
        var dimensions = _options.Dimensions;
        var gradients = _buffers.ResidualGradients;
        var weightGradient = _buffers.ResidualWeightGradient;
        _kernels.MatrixMultiply(
            gradients.Span, gradients.Stride, true, _buffers.Hidden.Span, gradients.Stride, false,
            dimensions, dimensions, count, false, _packing.Value, weightGradient.Span, weightGradient.Stride);
        var biasGradient = _buffers.ResidualBiasGradient.Row(0);
        biasGradient.Clear();
        for (var i = 0; i < count; i++)
            TensorPrimitives.Add(biasGradient, gradients.Row(i), biasGradient);
        Update(weightGradient, adam, _residualWeights);
        Update(_buffers.ResidualBiasGradient, adam, _residualBias);
        _spectralNorm.Limit(_residualWeights.Parameters);
    }

    private void Update(DenseMatrix gradient, AdamStep adam, AdamMatrix target) =>
        _kernels.Adam(gradient.Span, adam, target.Parameters.Span, target.FirstMoments.Span, target.SecondMoments.Span);
}
