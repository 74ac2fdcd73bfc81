using LightDxml.Kernels;

namespace LightDxml.Torch;

/// <summary>A matrix of parameters with Adam's moments beside it. TorchSharp's optimisers know no lazy rows, so the step is written out.</summary>
/// <param name="parameters">[rows, dimensions]; owned from here on.</param>
internal sealed class AdamTensor(Tensor parameters) : ILazyTensor
{
    private readonly Tensor _firstMoments = torch.zeros_like(parameters);
    private readonly Tensor _secondMoments = torch.zeros_like(parameters);

    public Tensor Parameters { get; } = parameters;

    public IEnumerable<(string Name, Tensor Tensor)> State => [("parameters", Parameters), ("first", _firstMoments), ("second", _secondMoments)];

    /// <summary>One step on every parameter.</summary>
    public void Step(Tensor gradients, AdamStep step) => Step(gradients, step, Parameters, _firstMoments, _secondMoments);

    public void StepRows(Tensor rows, Tensor gradients, int step, double rate)
    {
        using var scope = torch.NewDisposeScope();
        var parameters = Parameters.index_select(0, rows);
        var first = _firstMoments.index_select(0, rows);
        var second = _secondMoments.index_select(0, rows);
        Step(gradients, AdamStep.At(step, rate), parameters, first, second);
        Parameters.index_copy_(0, rows, parameters);
        _firstMoments.index_copy_(0, rows, first);
        _secondMoments.index_copy_(0, rows, second);
    }

    public void Dispose()
    {
        Parameters.Dispose();
        _firstMoments.Dispose();
        _secondMoments.Dispose();
    }

    private static void Step(Tensor gradients, AdamStep step, Tensor parameters, Tensor first, Tensor second)
    {
        using var scope = torch.NewDisposeScope();
        first.Scale(step.Beta1).Add(gradients, 1 - step.Beta1);
        second.Scale(step.Beta2).AddProduct(gradients, gradients, 1 - step.Beta2);
        parameters.AddQuotient(first, second.sqrt().Scale(step.InverseRootCorrection).Add(step.Epsilon), -step.Rate);
    }
}
