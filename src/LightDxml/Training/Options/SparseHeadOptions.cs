using LightDxml.Configuration;

namespace LightDxml.Training;

/// <summary>The sparse final classifier.</summary>
public sealed record SparseHeadOptions
{
    [Meaning("labels of highest dense logit that a training point is a negative of; 0 chooses from the label count (all labels when there are few)")]
    public int Width { get; init; }

    [Meaning("C of the squared-hinge SVM: weight of the loss against the regularisation")]
    public double Cost { get; init; } = 1.6;

    [Meaning("factor on C for a label's positives")]
    public double PositiveCost { get; init; } = 1;

    [Meaning("a label's positives cost its inverse propensity to this power more: 0 weighs all labels alike, 1 as propensity-scored precision does")]
    public double Propensity { get; init; }

    [Meaning("for each label, features are scaled by the difference of their means over its positives and negatives to this power, 0 to 1; 0 leaves them")]
    public double Contrast { get; init; } = 0.25;

    [Meaning("weights below this magnitude are dropped")]
    public double PruneBelow { get; init; } = 0.1;

    [Meaning("a label's problem is solved when its projected gradients lie within this")]
    public double Tolerance { get; init; } = 0.5;

    [Meaning("passes over a label's points at most")]
    public int MaxPasses { get; init; } = 20;

    public SparseHeadOptions Validate()
    {
        Check.Range(Width, 0, int.MaxValue, "sparse.width");
        Check.Positive(Cost, "sparse.cost");
        Check.Positive(PositiveCost, "sparse.positiveCost");
        Check.Range(Propensity, 0, 1, "sparse.propensity");
        Check.Range(Contrast, 0, 1, "sparse.contrast");
        Check.Range(PruneBelow, 0, 1000, "sparse.pruneBelow");
        Check.Positive(Tolerance, "sparse.tolerance");
        Check.Positive(MaxPasses, "sparse.maxPasses");
        return this;
    }
}
