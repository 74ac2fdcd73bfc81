using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>
/// Filters over neighbouring words. Of libtorch's package for processors (2.10, with oneDNN 3.7), a convolution in single precision whose dimensions or filters do not fill whole registers
/// multiplies with memory behind them that nothing was written to: its values and gradients are wrong, or no numbers. Here both are filled up with zeros, so that nothing lies behind them.
/// </summary>
internal static class Convolution
{
    /// <summary>Numbers of single precision in the largest register.</summary>
    private const long Register = 16;

    /// <summary>[batch, length, dimensions] → [batch, filters, length + 2 · padding − width + 1].</summary>
    /// <param name="filter">Its weights are [filters, dimensions, width].</param>
    /// <param name="padding">Vectors of zeros that stand before and behind a document.</param>
    public static Tensor Over(Tensor words, TorchSharp.Modules.Conv1d filter, long padding)
    {
        var (weights, biases) = (filter.weight!, filter.bias!);
        var (filters, dimensions) = (Missing(weights.shape[0]), Missing(weights.shape[1]));
        return nn.functional.conv1d(
            nn.functional.pad(words, [0, dimensions]).transpose(1, 2), nn.functional.pad(weights, [0, 0, 0, dimensions, 0, filters]), nn.functional.pad(biases, [0, filters]), padding: padding)
            .narrow(1, 0, weights.shape[0]);
    }

    private static long Missing(long count) => (Register - count % Register) % Register;
}
