using LightDxml.Kernels;

namespace LightDxml.Torch;

/// <summary>A matrix of parameters with Adam's moments beside it. TorchSharp's optimisers know no lazy rows, so the step is written out.</summary>
/// <param name="parameters">[rows, dimensions]; owned from here on.</param>
internal sealed class AdamTensor(Tensor parameters) : IDisposable
{
    public Tensor Parameters { get; } = parameters;

    public Tensor FirstMoments { get; } = torch.zeros_like(parameters);

    public Tensor SecondMoments { get; } = torch.zeros_like(parameters);

    /// <summary>One step on every parameter.</summary>
    public void Step(Tensor gradients, AdamStep step) => Step(gradients, step, Parameters, FirstMoments, SecondMoments);

    /// <summary>One step on some rows; the others keep parameters and moments.</summary>
    /// <param name="rows">[touched], distinct.</param>
    /// <param name="gradients">[touched, dimensions].</param>
    public void StepRows(Tensor rows, Tensor gradients, AdamStep step)
    {
        using var scope = torch.NewDisposeScope();
        var parameters = Parameters.index_select(0, rows);
        var first = FirstMoments.index_select(0, rows);
        var second = SecondMoments.index_select(0, rows);
        Step(gradients, step, parameters, first, second);
        Parameters.index_copy_(0, rows, parameters);
        FirstMoments.index_copy_(0, rows, first);
        SecondMoments.index_copy_(0, rows, second);
    }

    public void Dispose()
    {
        Parameters.Dispose();
        FirstMoments.Dispose();
        SecondMoments.Dispose();
    }

    private static void Step(Tensor gradients, AdamStep step, Tensor parameters, Tensor first, Tensor second)
    {
        using var scope = torch.NewDisposeScope();
        first.mul_(step.Beta1).add_(gradients, 1 - step.Beta1);
        second.mul_(step.Beta2).addcmul_(gradients, gradients, 1 - step.Beta2);
        parameters.addcdiv_(first, second.sqrt().mul_(step.InverseRootCorrection).add_(step.Epsilon), -step.Rate);
    }
}
