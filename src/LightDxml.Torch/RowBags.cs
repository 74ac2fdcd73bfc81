using EmbeddingBag = TorchSharp.Modules.EmbeddingBag;

namespace LightDxml.Torch;

/// <summary>Weighted sums of a matrix's rows by libtorch's embedding bag, without a copy of the gathered rows.</summary>
internal sealed class RowBags : IDisposable
{
    private readonly EmbeddingBag _bag;

    /// <param name="rows">[rows, dimensions]; owned from here on.</param>
    public RowBags(Tensor rows)
    {
        _bag = torch.nn.EmbeddingBag_from_pretrained(rows, freeze: true, mode: EmbeddingBagMode.Sum, include_last_offset: true, device: rows.device);

        // Whether the module kept the tensor or copied it, this is the one that it sums.
        Rows = _bag.weight!;
        rows.Dispose();
    }

    /// <summary>The matrix itself; what is written to it is summed from then on.</summary>
    public Tensor Rows { get; }

    /// <summary>sums[i] = Σ_{j ∈ [offsets[i], offsets[i+1])} weights[j] · rows[indices[j]].</summary>
    /// <param name="offsets">[sums + 1].</param>
    /// <returns>[sums, dimensions].</returns>
    public Tensor Sums(Tensor offsets, Tensor indices, Tensor weights) => _bag.call(indices, offsets, weights);

    public void Dispose()
    {
        Rows.Dispose();
        _bag.Dispose();
    }
}
