namespace LightDxml.Kernels;

/// <summary>
/// One Adam step (Kingma and Ba, 2015) with its bias corrections folded into two constants:
/// m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − Rate · m / (√v · InverseRootCorrection + ε).
/// </summary>
/// <param name="Rate">Learning rate over the first moment's correction, η / (1 − β₁ᵗ).</param>
/// <param name="InverseRootCorrection">1 / √(1 − β₂ᵗ).</param>
internal readonly record struct AdamStep(float Rate, float Beta1, float Beta2, float Epsilon, float InverseRootCorrection)
{
    /// <summary>The constants of step <paramref name="step"/>, counted from 1, with the usual β₁, β₂ and ε.</summary>
    public static AdamStep At(int step, double learningRate) => new(
        (float)(learningRate / (1 - Math.Pow(0.9, step))), 0.9f, 0.999f, 1e-8f, (float)(1 / Math.Sqrt(1 - Math.Pow(0.999, step))));
}
