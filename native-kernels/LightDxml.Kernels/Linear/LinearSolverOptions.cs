using LightDxml.Configuration;

namespace LightDxml.Kernels.Linear;

/// <summary>Settings of <see cref="DualCoordinateDescent"/>.</summary>
/// <param name="Cost">C of the primal, the weight of the loss against ½‖w‖².</param>
/// <param name="Tolerance">Training stops when the projected gradients of a pass lie within this of each other.</param>
/// <param name="MaxPasses">Passes over the rows at most.</param>
/// <param name="BiasFeature">Value of a constant feature whose weight is the bias; 0 trains without one.</param>
/// <param name="Contrast">Power to which features are scaled by how much they tell a problem's positives from its negatives, 0 to 1; 0 leaves them.</param>
internal sealed record LinearSolverOptions(double Cost = 1, double Tolerance = 0.1, int MaxPasses = 20, double BiasFeature = 1, double Contrast = 0)
{
    public LinearSolverOptions Validate()
    {
        Check.Positive(Cost, nameof(Cost));
        Check.Positive(Tolerance, nameof(Tolerance));
        Check.Positive(MaxPasses, nameof(MaxPasses));
        Check.Range(BiasFeature, 0, 1e6, nameof(BiasFeature));
        Check.Range(Contrast, 0, 1, nameof(Contrast));
        return this;
    }
}
