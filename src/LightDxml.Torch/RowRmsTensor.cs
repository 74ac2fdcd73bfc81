using LightDxml.Kernels;

namespace LightDxml.Torch;

/// <summary>A matrix of parameters with the two numbers of a row's state beside it, stepped as <see cref="RowRmsStep"/> says.</summary>
/// <param name="parameters">[rows, dimensions]; owned from here on.</param>
internal sealed class RowRmsTensor(Tensor parameters) : ILazyTensor
{
    private readonly Tensor _squares = torch.zeros([parameters.shape[0], 1], dtype: torch.ScalarType.Float32, device: parameters.device);
    private readonly Tensor _warmUps = torch.zeros([parameters.shape[0], 1], dtype: torch.ScalarType.Float32, device: parameters.device);

    public Tensor Parameters { get; } = parameters;

    public IEnumerable<(string Name, Tensor Tensor)> State => [("parameters", Parameters), ("squares", _squares), ("warmUps", _warmUps)];

    public void StepRows(Tensor rows, Tensor gradients, int step, double rate)
    {
        using var scope = torch.NewDisposeScope();
        var constants = RowRmsStep.At(step, rate, (int)Parameters.shape[1]);
        var squares = _squares.index_select(0, rows).Scale(constants.Decay).Add(gradients.mul(gradients).sum(1, keepdim: true), 1 - constants.Decay);
        var warmUps = _warmUps.index_select(0, rows).Scale(constants.WarmUp).Add(1 - constants.WarmUp);
        _squares.index_copy_(0, rows, squares);
        _warmUps.index_copy_(0, rows, warmUps);
        var moves = warmUps.Scale(-constants.Rate).div_(squares.sqrt_().Scale(constants.InverseRootCorrection).Add(constants.Epsilon));
        Parameters.AddRows(rows, gradients.mul(moves));
    }

    public void Dispose()
    {
        Parameters.Dispose();
        _squares.Dispose();
        _warmUps.Dispose();
    }
}
