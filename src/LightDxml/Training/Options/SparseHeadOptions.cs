using LightDxml.Configuration;

namespace LightDxml.Training;

/// <summary>The sparse final classifier.</summary>
public sealed record SparseHeadOptions
{
    /// <summary>Number of hardest labels (by dense logit) for which each training document serves as a negative; 0 = chosen from the label count (all labels when there are few).</summary>
    public int Width { get; init; }

    /// <summary>C of the squared-hinge SVM: weight of the loss against the regularisation.</summary>
    public double Cost { get; init; } = 1.6;

    /// <summary>Factor on C for a label's positives.</summary>
    public double PositiveCost { get; init; } = 1;

    /// <summary>Exponent p: positives of label l are weighted by (inverse propensity of l)^p; 0 weighs all labels alike, 1 weighs them as propensity-scored precision does.</summary>
    public double Propensity { get; init; }

    /// <summary>Exponent p, 0 to 1: for each label, features are scaled by (difference of their means over the label's positives and negatives)^p; 0 = no scaling.</summary>
    public double Contrast { get; init; } = 0.25;

    /// <summary>Weights of smaller magnitude are dropped.</summary>
    public double PruneBelow { get; init; } = 0.1;

    /// <summary>A label's SVM is solved when all its projected gradients lie within this of each other.</summary>
    public double Tolerance { get; init; } = 0.5;

    /// <summary>Most passes over a label's documents.</summary>
    public int MaxPasses { get; init; } = 20;

    /// <summary>The settings <c>sparse.*</c>.</summary>
    internal static SettingTable<SparseHeadOptions> Table { get; } = new SettingTable<SparseHeadOptions>()
        .Whole("width", o => o.Width, (o, v) => o with { Width = v },
            "number of hardest labels (by dense logit) for which each training document serves as a negative; 0 = chosen from the label count (all labels when there are few)")
        .Number("cost", o => o.Cost, (o, v) => o with { Cost = v },
            "C of the squared-hinge SVM: weight of the loss against the regularisation")
        .Number("positiveCost", o => o.PositiveCost, (o, v) => o with { PositiveCost = v },
            "factor on C for a label's positives")
        .Number("propensity", o => o.Propensity, (o, v) => o with { Propensity = v },
            "exponent p: positives of label l are weighted by (inverse propensity of l)^p; 0 weighs all labels alike, 1 weighs them as propensity-scored precision does")
        .Number("contrast", o => o.Contrast, (o, v) => o with { Contrast = v },
            "exponent p, 0 to 1: for each label, features are scaled by (difference of their means over the label's positives and negatives)^p; 0 = no scaling")
        .Number("pruneBelow", o => o.PruneBelow, (o, v) => o with { PruneBelow = v },
            "weights of smaller magnitude are dropped")
        .Number("tolerance", o => o.Tolerance, (o, v) => o with { Tolerance = v },
            "a label's SVM is solved when all its projected gradients lie within this of each other")
        .Whole("maxPasses", o => o.MaxPasses, (o, v) => o with { MaxPasses = v },
            "most passes over a label's documents");

    /// <summary>These settings, once their values have been checked.</summary>
    /// <exception cref="OptionsException">A value is out of its range.</exception>
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
