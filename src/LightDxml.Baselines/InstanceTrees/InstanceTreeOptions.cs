using LightDxml.Configuration;
using LightDxml.Metrics;

namespace LightDxml.Baselines.InstanceTrees;

/// <summary>
/// Settings of instance trees; the defaults are FastXML's, but for C: the original takes 1 over raw rows. Unit rows want a
/// greater one: 8 gives on Bibtex what 1 gives over its raw rows of about √68, and TF-IDF rows are of unit norm in any case.
/// </summary>
internal sealed record InstanceTreeOptions
{
    [Meaning("trees whose leaves' label distributions are averaged")]
    public int Trees { get; init; } = 50;

    [Meaning("whether feature rows are scaled to unit L2 norm, in training and in prediction")]
    public bool UnitRows { get; init; } = true;

    [Meaning("points up to which a node is not divided further")]
    public int MaxLeafPoints { get; init; } = 10;

    [Meaning("labels that a leaf keeps")]
    public int LeafLabels { get; init; } = 100;

    [Meaning("C of the nodes' separators: weight of the loss against the sum of weights")]
    public double Cost { get; init; } = 8;

    [Meaning("passes of the separators' solver at most")]
    public int MaxPasses { get; init; } = 10;

    [Meaning("whether labels count by their inverse propensity, in splits and leaves, and tail classifiers re-rank: PfastreXML")]
    public bool PropensityScored { get; init; }

    [Meaning("propensity exponent A, where labels count by propensity")]
    public double PropensityA { get; init; } = PropensityOptions.Standard.A;

    [Meaning("propensity shift B, where labels count by propensity")]
    public double PropensityB { get; init; } = PropensityOptions.Standard.B;

    [Meaning("weight of the trees against the tail classifiers in re-ranking, 0 to 1")]
    public double TreeWeight { get; init; } = 0.8;

    [Meaning("how steeply a tail classifier falls with the squared distance to the label's centre")]
    public double TailSteepness { get; init; } = 30;

    /// <summary>FastXML (Prabhu and Varma, KDD 2014).</summary>
    public static InstanceTreeOptions FastXml { get; } = new();

    /// <summary>PfastreXML (Jain, Prabhu and Varma, KDD 2016).</summary>
    public static InstanceTreeOptions PfastreXml { get; } = new() { PropensityScored = true };

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public InstanceTreeOptions Validate()
    {
        Check.Range(Trees, 1, 10_000, "trees");
        Check.Range(MaxLeafPoints, 1, int.MaxValue, "maxLeafPoints");
        Check.Range(LeafLabels, 1, int.MaxValue, "leafLabels");
        Check.Positive(Cost, "cost");
        Check.Range(MaxPasses, 1, int.MaxValue, "maxPasses");
        new PropensityOptions(PropensityA, PropensityB).Validate();
        Check.Range(TreeWeight, 0, 1, "treeWeight");
        Check.Range(TailSteepness, 0, 1e6, "tailSteepness");
        return this;
    }
}
