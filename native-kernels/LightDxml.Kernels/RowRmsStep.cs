namespace LightDxml.Kernels;

/// <summary>
/// One step of row-wise RMSProp. A row, not a weight, has a second moment, as in the row-wise Adagrad of embedding tables
/// (Naumov et al., 2019), and none has a first one. What Adam's first moment does for a row that is rarely touched, to shorten
/// its first steps, is kept as a warm-up:
/// v ← β₂v + (1 − β₂)‖g‖²; u ← β₁u + (1 − β₁); w ← w − Rate · u · g / (√v · InverseRootCorrection + ε).
/// t is the training's step, not the row's n-th touch, so that a row first touched late moves by three to six times the rate at first. With
/// 1 / √(1 − β₂ⁿ) of the row instead, rare rows learn too little, and higher rates do not mend it (docs/research/experiments.md).
/// </summary>
/// <param name="Rate">η√d: a weight moves by η where its gradient is the row's root mean square.</param>
/// <param name="WarmUp">β₁: after n steps a row moves by the share u = 1 − β₁ⁿ of its step.</param>
/// <param name="Decay">β₂.</param>
/// <param name="InverseRootCorrection">1 / √(1 − β₂ᵗ).</param>
internal readonly record struct RowRmsStep(float Rate, float WarmUp, float Decay, float Epsilon, float InverseRootCorrection)
{
    /// <summary>The constants of step <paramref name="step"/>, counted from 1, for rows of <paramref name="dimensions"/> weights.</summary>
    public static RowRmsStep At(int step, double learningRate, int dimensions) => new(
        (float)(learningRate * Math.Sqrt(dimensions)), 0.9f, 0.999f, 1e-8f, (float)(1 / Math.Sqrt(1 - Math.Pow(0.999, step))));

    /// <summary>Takes a row's state one step on.</summary>
    /// <param name="squares">‖g‖².</param>
    /// <param name="state">v and u of the row.</param>
    /// <returns>What the gradient is multiplied by and taken from the weights.</returns>
    internal float Advance(float squares, Span<float> state)
    {
        var v = state[0] = MathF.FusedMultiplyAdd(Decay, state[0], (1 - Decay) * squares);
        var u = state[1] = MathF.FusedMultiplyAdd(WarmUp, state[1], 1 - WarmUp);
        return Rate * u / MathF.FusedMultiplyAdd(MathF.Sqrt(v), InverseRootCorrection, Epsilon);
    }
}
