using LightDxml.Kernels;

namespace LightDxml.Torch;

/// <summary>A matrix of parameters with Adam's moments beside it. TorchSharp's optimisers know no lazy rows, so the step is written out.</summary>
/// <param name="parameters">[rows, dimensions]; owned from here on.</param>
internal sealed class AdamTensor(Tensor parameters) : ILazyTensor
{
    private readonly Tensor _firstMoments = torch.zeros_like(parameters);
    private readonly Tensor _secondMoments = torch.zeros_like(parameters);

    public Tensor Parameters { get; } = parameters;

    public IEnumerable<(string Name, Tensor Tensor)> State => [("parameters", Parameters), .. Means];

    /// <summary>The moments: means of gradients and of their squares.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Means => [("first", _firstMoments), ("second", _secondMoments)];

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

    /// <summary>
    /// Takes the steps that rows have missed, in all of which their gradient was 0, as one. With r = β₁ / √β₂, k steps move a row by Rate · m / √v · r (1 − rᵏ) / (1 − r), but for ε and for
    /// the bias corrections, which change little while there is something left of the mean of gradients: they are those of the middle of these steps.
    /// </summary>
    /// <param name="rows">[rows], distinct.</param>
    /// <param name="last">[rows, 1] the last step that each has taken.</param>
    /// <param name="step">The step that they are to have taken.</param>
    public void StepWithoutGradients(Tensor rows, Tensor last, int step, double rate)
    {
        using var scope = torch.NewDisposeScope();
        var constants = AdamStep.At(1, rate);
        double logFirst = Math.Log(constants.Beta1), logSecond = Math.Log(constants.Beta2), logRatio = logFirst - logSecond / 2, ratio = Math.Exp(logRatio);
        var missed = last.neg().Add(step);
        var middle = last.Plus(missed.Plus(missed.sign()).Scale(0.5).AtMost(1 / (1 - ratio))).AtLeast(1);
        var firstCorrection = middle.Times(logFirst).expm1().neg_();
        var rootCorrection = middle.Times(logSecond).expm1().neg_().sqrt_();
        var steps = missed.Times(logRatio).expm1().Scale(-ratio / (1 - ratio));

        var first = _firstMoments.index_select(0, rows);
        var second = _secondMoments.index_select(0, rows);
        var moves = first.mul(steps.div_(firstCorrection)).div_(second.sqrt().div_(rootCorrection).Add(constants.Epsilon));
        Parameters.index_copy_(0, rows, Parameters.index_select(0, rows).Add(moves, -rate));
        _firstMoments.index_copy_(0, rows, first.mul_(missed.Times(logFirst).exp_()));
        _secondMoments.index_copy_(0, rows, second.mul_(missed.Times(logSecond).exp_()));
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
