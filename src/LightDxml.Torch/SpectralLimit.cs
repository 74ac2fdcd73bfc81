namespace LightDxml.Torch;

/// <summary>The CPU engine's spectral norm on the device: one round of power iteration a step, no value read back.</summary>
internal sealed class SpectralLimit(int dimensions, Device device) : IDisposable
{
    private readonly Tensor _right = torch.full(
        [dimensions], (float)(1 / Math.Sqrt(dimensions)), dtype: torch.ScalarType.Float32, device: device);

    /// <summary>[1, dimensions] all that is kept from step to step.</summary>
    public Tensor Direction => _right.unsqueeze(0);

    /// <summary>Scales the matrix down where its estimated norm is above 1.</summary>
    /// <param name="matrix">[dimensions, dimensions].</param>
    public void Limit(Tensor matrix)
    {
        using var scope = torch.NewDisposeScope();
        var left = matrix.mv(_right);
        left.div_(Safe(left.norm()));
        var right = matrix.t().mv(left);
        var norm = right.norm();

        // A zero matrix leaves the direction as it was.
        _right.copy_(torch.where(norm.IsAbove(0), right.div(Safe(norm)), _right));
        matrix.div_(norm.AtLeast(1));
    }

    public void Dispose() => _right.Dispose();

    private static Tensor Safe(Tensor norm) => norm.AtLeast(float.Epsilon);
}
