namespace LightDxml.Torch;

/// <summary>A matrix of parameters of which a step moves some rows and leaves the others as they are.</summary>
internal interface ILazyTensor : IDisposable
{
    Tensor Parameters { get; }

    /// <param name="rows">[touched], distinct.</param>
    /// <param name="gradients">[touched, dimensions].</param>
    /// <param name="step">Counted from 1.</param>
    void StepRows(Tensor rows, Tensor gradients, int step, double rate);

    /// <summary>Parameters and the optimiser's state, each [rows, …].</summary>
    IEnumerable<(string Name, Tensor Tensor)> State { get; }
}
