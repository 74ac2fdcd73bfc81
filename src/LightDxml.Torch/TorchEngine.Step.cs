using LightDxml.Kernels;
using LightDxml.Training;

namespace LightDxml.Torch;

internal sealed partial class TorchEngine
{
    public double Train(MiniBatch batch, LearningRates rates, bool wantLoss)
    {
        ArgumentNullException.ThrowIfNull(batch);
        CheckFeatures(batch.Features);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch.Count, _gradientBags.Rows.shape[0]);
        return TorchFaults.Explained(() => Step(batch, rates, wantLoss));
    }

    private double Step(MiniBatch batch, LearningRates rates, bool wantLoss)
    {
        using var scope = torch.NewDisposeScope();
        var rows = Gather(batch);
        var slots = _slots.Upload(batch, _labelCount, _device);
        var (labels, places, _) = slots.Labels.unique(return_inverse: true);

        // The leaves: what follows is differentiated down to them, and no further.
        var sums = Leaf(_bags.Sums(rows.Offsets, rows.Columns, rows.Values));
        var weights = Leaf(_residualWeights.Parameters);
        var bias = Leaf(_residualBias.Parameters);
        var classifier = Leaf(_classifier.Parameters.index_select(0, labels));

        var seed = DropoutMask.Hash(_dropoutSeed + (uint)batch.Step);
        var hidden = _dropout.Apply(sums.relu(), seed);
        var residual = _dropout.Apply(Product(hidden, weights).Plus(bias).relu(), ~seed);

        // Logits of all touched labels in one product, of which the slots' are taken: on a GPU that is cheaper than to
        // gather a classifier row for every slot.
        var dimensions = _options.Dimensions;
        var logits = Product(hidden.Plus(residual), classifier.narrow(1, 0, dimensions)).Plus(classifier.narrow(1, dimensions, 1).t());
        var slotLogits = logits.view(-1).index_select(0, slots.Documents.TimesWhole(labels.shape[0]).PlusWhole(places!));
        var loss = torch.nn.functional.binary_cross_entropy_with_logits(slotLogits, slots.Targets, slots.Weights, reduction: torch.nn.Reduction.Sum).Over(batch.Count);
        loss.backward();

        using (torch.no_grad())
        {
            _classifier.StepRows(labels, classifier.grad!, batch.Step, rates.Classifier);
            UpdateEmbeddings(rows, sums.grad!, batch.Step, rates.Embedding);
            var residualStep = AdamStep.At(batch.Step, rates.Residual);
            _residualWeights.Step(weights.grad!, residualStep);
            _residualBias.Step(bias.grad!, residualStep);
            _spectralLimit.Limit(_residualWeights.Parameters);
        }

        return wantLoss ? loss.item<float>() : 0;
    }

    /// <summary>The batch's rows of the feature matrix, with this step's feature dropout.</summary>
    private DeviceRows Gather(MiniBatch batch)
    {
        var dropout = (float)_options.FeatureDropout;
        var seed = DropoutMask.Hash(_featureDropoutSeed + (uint)batch.Step);
        _rows.Clear();
        for (var i = 0; i < batch.Count; i++)
        {
            var values = _rows.Add(batch.Features, batch.Points[i]);
            if (dropout == 0)
                continue;
            var word = DropoutMask.RowWord(seed, (uint)i);
            var threshold = DropoutMask.Threshold(dropout);
            for (var j = 0; j < values.Length; j++)
                values[j] = DropoutMask.Keeps(word, j, threshold) ? values[j] * (1 / (1 - dropout)) : 0;
        }

        return _rows.Upload(_device);
    }

    /// <summary>dE[f] = Σ of the gradients of the documents that have feature f, weighted by its values: the bag turned from rows to columns.</summary>
    /// <param name="gradients">[documents, dimensions] of the sums.</param>
    private void UpdateEmbeddings(DeviceRows rows, Tensor gradients, int step, double rate)
    {
        if (rows.Columns.shape[0] == 0)
            return;
        var (columns, order) = rows.Columns.sort(stable: true);
        var (features, _, counts) = columns.unique_consecutive(return_counts: true);
        var offsets = torch.cat([torch.zeros(1, dtype: torch.ScalarType.Int64, device: _device), counts!.cumsum(0)]);
        _gradientBags.Rows.narrow(0, 0, gradients.shape[0]).copy_(gradients);
        _embeddings.StepRows(
            features, _gradientBags.Sums(offsets, rows.Documents.index_select(0, order), rows.Values.index_select(0, order)), step, rate);
    }

    /// <summary>left · rightᵀ, in mixed precision of inputs rounded to bfloat16; its exponent is wide enough that the loss needs no scaling.</summary>
    private Tensor Product(Tensor left, Tensor right) => _mixedPrecision
        ? left.to(torch.ScalarType.BFloat16).matmul(right.t().to(torch.ScalarType.BFloat16)).to(torch.ScalarType.Float32)
        : left.matmul(right.t());

    /// <summary>The tensor as a leaf of the graph, sharing its memory.</summary>
    private static Tensor Leaf(Tensor tensor) => tensor.detach().requires_grad_();
}
