using LightDxml.Kernels;

namespace LightDxml.Torch;

/// <summary>Dropout by the hash of <see cref="DropoutMask"/>, computed on the device: the masks are the CPU engine's, bit for bit.</summary>
internal sealed class DropoutLayer : IDisposable
{
    private const long LowWord = 0xffffffff;
    private readonly float _dropout;
    private readonly Device _device;
    private readonly Tensor _columns;
    private readonly Tensor _low;
    private readonly Tensor _fifteen;
    private readonly Tensor _sixteen;

    public DropoutLayer(float dropout, int dimensions, Device device)
    {
        _dropout = dropout;
        _device = device;
        _columns = torch.arange(dimensions, dtype: torch.ScalarType.Int64, device: device);
        _low = torch.tensor(LowWord, device: device);
        _fifteen = torch.tensor(15L, device: device);
        _sixteen = torch.tensor(16L, device: device);
    }

    /// <summary>activations[r, c] · keep(seed, r, c) / (1 − dropout).</summary>
    /// <param name="activations">[rows, dimensions].</param>
    public Tensor Apply(Tensor activations, uint seed)
    {
        if (_dropout == 0)
            return activations;
        using var scope = torch.NewDisposeScope();
        var keep = Hashes(seed, (int)activations.shape[0]).IsAtLeastWhole(DropoutMask.Threshold(_dropout));
        return activations.mul(keep.to(torch.ScalarType.Float32).Scale(1 / (1 - _dropout))).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _columns.Dispose();
        _low.Dispose();
        _fifteen.Dispose();
        _sixteen.Dispose();
    }

    /// <summary>[rows, dimensions] hashes, in 64-bit integers since libtorch has no unsigned 32-bit arithmetic.</summary>
    private Tensor Hashes(uint seed, int rows)
    {
        var words = new long[rows];
        for (var row = 0; row < rows; row++)
            words[row] = DropoutMask.RowWord(seed, (uint)row);
        var x = HostTransfer.Integers(words, _device).unsqueeze(1).PlusWhole(_columns).bitwise_and(_low);
        x = x.bitwise_xor(x.bitwise_right_shift(_sixteen));
        x = x.TimesWhole(DropoutMask.FirstMultiplier).bitwise_and(_low);
        x = x.bitwise_xor(x.bitwise_right_shift(_fifteen));

        // The product can pass 2⁶³; its low 32 bits, which are kept, are right all the same.
        x = x.TimesWhole(DropoutMask.SecondMultiplier).bitwise_and(_low);
        return x.bitwise_xor(x.bitwise_right_shift(_sixteen));
    }
}
