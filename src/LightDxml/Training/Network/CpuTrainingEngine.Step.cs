using System.Numerics.Tensors;
using LightDxml.Kernels;

namespace LightDxml.Training;

internal sealed partial class CpuTrainingEngine
{
    public double Train(MiniBatch batch, LearningRates rates, bool wantLoss)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _buffers.Load(batch, (float)_options.FeatureDropout, DropoutMask.Hash(_featureDropoutSeed + (uint)batch.Step));
        var count = batch.Count;
        var parts = _workers.Parts(count, i => batch.SlotOffsets[i + 1] - batch.SlotOffsets[i] + _buffers.FeatureOffsets[i + 1] - _buffers.FeatureOffsets[i]);
        var (start, end) = (parts[_workers.Processes.Rank], parts[_workers.Processes.Rank + 1]);
        var blocks = (end - start + BlockDocuments - 1) / BlockDocuments;

        // The two gatherings are the longest single pieces, so they go first.
        RowRanges.ForEach(blocks + 2, 1, _threads, (piece, _) =>
        {
            if (piece == 0)
                _buffers.Labels.Fill(batch.SlotOffsets, batch.Slots);
            else if (piece == 1)
                _buffers.Features.Fill(_buffers.FeatureOffsets.AsSpan(0, count + 1), _buffers.FeatureColumns.AsSpan(0, _buffers.FeatureOffsets[count]));
            else
                TrainDocuments(batch, start + (piece - 2) * BlockDocuments, Math.Min(end, start + (piece - 1) * BlockDocuments), wantLoss);
        });
        ExchangeParts(batch, parts);

        UpdateRows(count, batch.Step, rates);
        var loss = 0.0;
        if (wantLoss)
        {
            for (var i = 0; i < count; i++)
                loss += _buffers.Losses[i];
        }

        return loss;
    }

    /// <summary>Gives every process what the gradients are made of: of each document its encodings, their gradients, and those of its logits.</summary>
    private void ExchangeParts(MiniBatch batch, int[] parts)
    {
        var processes = _workers.Processes;
        if (processes.Size == 1)
            return;
        using var exchange = new Exchange(processes, "steps");
        foreach (var matrix in new[] { _buffers.Hidden, _buffers.ResidualGradients, _buffers.HiddenGradients, _buffers.Encodings })
            exchange.Add(matrix, parts);
        batch.Beside?.AddTo(exchange);
        exchange.Add(_buffers.SlotGradients, 1, [.. parts.Select(i => batch.SlotOffsets[i])]).Add(_buffers.Losses, 1, parts).Complete();
    }

    /// <summary>Forward and backward of documents [first, end), down to the gradient of the hidden layer.</summary>
    private void TrainDocuments(MiniBatch batch, int first, int end, bool wantLoss)
    {
        var count = end - first;
        Forward(batch, first, count);
        var slotOffsets = batch.SlotOffsets;
        var classifier = _classifier.Parameters;
        var scale = 1f / batch.Count;
        for (var i = first; i < end; i++)
        {
            var slots = slotOffsets[i]..slotOffsets[i + 1];
            _buffers.Losses[i] = _kernels.ShortlistLoss(
                _buffers.Encodings.Rows(i, 1), classifier.Span, classifier.Stride, classifier.Stride,
                batch.Slots[slots], batch.PositiveCounts[i], batch.PositiveWeights(i), scale, wantLoss,
                _buffers.SlotGradients.AsSpan(slots), _buffers.EncodingGradients.Rows(i, 1));
        }

        Backward(first, count);
    }

    private void Forward(MiniBatch batch, int first, int count)
    {
        var dimensions = _options.Dimensions;
        var dropout = (float)_options.Dropout;
        var seed = DropoutMask.Hash(_dropoutSeed + (uint)batch.Step);
        var hidden = _buffers.Hidden.Rows(first, count);
        var residual = _buffers.Residual.Rows(first, count);
        var stride = _buffers.Hidden.Stride;
        var embeddings = _embeddings.Parameters;
        _kernels.EmbeddingBag(
            _buffers.FeatureOffsets.AsSpan(first, count + 1), _buffers.FeatureColumns, _buffers.FeatureValues,
            embeddings.Span, stride, stride, hidden);
        _kernels.DropoutRelu(hidden, count, stride, stride, dropout, seed, (uint)first, hidden);
        _kernels.MatrixMultiply(
            hidden, stride, false, _residualWeights.Parameters.Span, stride, true,
            count, dimensions, dimensions, false, _packing.Value, residual, stride);
        var bias = _residualBias.Parameters.Row(0);
        for (var row = 0; row < count; row++)
            TensorPrimitives.Add(residual.Slice(row * stride, dimensions), bias, residual.Slice(row * stride, dimensions));
        _kernels.DropoutRelu(residual, count, dimensions, stride, dropout, ~seed, (uint)first, residual);
        for (var row = 0; row < count; row++)
        {
            var encoding = _buffers.Encodings.Row(first + row);
            TensorPrimitives.Add(
                hidden.Slice(row * stride, dimensions), residual.Slice(row * stride, dimensions), encoding[..dimensions]);
            encoding[dimensions] = 1;
        }
    }

    private void Backward(int first, int count)
    {
        var dimensions = _options.Dimensions;
        var dropout = (float)_options.Dropout;
        var stride = _buffers.Hidden.Stride;
        var residualGradients = _buffers.ResidualGradients.Rows(first, count);
        var hiddenGradients = _buffers.HiddenGradients.Rows(first, count);
        for (var row = 0; row < count; row++)
        {
            var gradient = _buffers.EncodingGradients.Row(first + row)[..dimensions];
            gradient.CopyTo(residualGradients[(row * stride)..]);
            gradient.CopyTo(hiddenGradients[(row * stride)..]);
        }

        _kernels.DropoutReluGradient(_buffers.Residual.Rows(first, count), count, dimensions, stride, dropout, residualGradients);
        _kernels.MatrixMultiply(
            residualGradients, stride, false, _residualWeights.Parameters.Span, stride, false,
            count, dimensions, dimensions, true, _packing.Value, hiddenGradients, stride);
        _kernels.DropoutReluGradient(_buffers.Hidden.Rows(first, count), count, dimensions, stride, dropout, hiddenGradients);
    }
}
