using LightDxml.Configuration;
using LightDxml.Metrics;

namespace LightDxml.Baselines.InstanceTrees;

/// <summary>
/// Settings of instance trees; the defaults are FastXML's, but for C: the original takes 1 over raw rows. Unit rows want a
/// greater one: 8 gives on Bibtex what 1 gives over its raw rows of about √68, and TF-IDF rows are of unit norm in any case.
/// </summary>
internal sealed record InstanceTreeOptions
{
    /// <summary>Number of trees; the label distributions of their leaves are averaged.</summary>
    public int Trees { get; init; } = 50;

    /// <summary>Whether feature rows are scaled to unit L2 norm, in training and in prediction.</summary>
    public bool UnitRows { get; init; } = true;

    /// <summary>Most documents per leaf.</summary>
    public int MaxLeafPoints { get; init; } = 10;

    /// <summary>Labels kept per leaf.</summary>
    public int LeafLabels { get; init; } = 100;

    /// <summary>C of the nodes' separators: weight of the loss against the sum of weights.</summary>
    public double Cost { get; init; } = 8;

    /// <summary>Most passes of the separators' solver.</summary>
    public int MaxPasses { get; init; } = 10;

    /// <summary>Whether labels count by inverse propensity in splits and leaves, and tail classifiers re-rank (PfastreXML).</summary>
    public bool PropensityScored { get; init; }

    /// <summary>propensityScored: propensity exponent A.</summary>
    public double PropensityA { get; init; } = PropensityOptions.Standard.A;

    /// <summary>propensityScored: propensity shift B.</summary>
    public double PropensityB { get; init; } = PropensityOptions.Standard.B;

    /// <summary>propensityScored: weight of the trees against the tail classifiers in re-ranking, 0 to 1.</summary>
    public double TreeWeight { get; init; } = 0.8;

    /// <summary>propensityScored: how steeply a tail classifier's score falls with the squared distance to the mean of the label's documents.</summary>
    public double TailSteepness { get; init; } = 30;

    /// <summary>The settings by name.</summary>
    internal static SettingTable<InstanceTreeOptions> Table { get; } = new SettingTable<InstanceTreeOptions>()
        .Whole("trees", o => o.Trees, (o, v) => o with { Trees = v },
            "number of trees; the label distributions of their leaves are averaged")
        .Flag("unitRows", o => o.UnitRows, (o, v) => o with { UnitRows = v },
            "whether feature rows are scaled to unit L2 norm, in training and in prediction")
        .Whole("maxLeafPoints", o => o.MaxLeafPoints, (o, v) => o with { MaxLeafPoints = v },
            "most documents per leaf")
        .Whole("leafLabels", o => o.LeafLabels, (o, v) => o with { LeafLabels = v },
            "labels kept per leaf")
        .Number("cost", o => o.Cost, (o, v) => o with { Cost = v },
            "C of the nodes' separators: weight of the loss against the sum of weights")
        .Whole("maxPasses", o => o.MaxPasses, (o, v) => o with { MaxPasses = v },
            "most passes of the separators' solver")
        .Flag("propensityScored", o => o.PropensityScored, (o, v) => o with { PropensityScored = v },
            "whether labels count by inverse propensity in splits and leaves, and tail classifiers re-rank (PfastreXML)")
        .Number("propensityA", o => o.PropensityA, (o, v) => o with { PropensityA = v },
            "propensityScored: propensity exponent A")
        .Number("propensityB", o => o.PropensityB, (o, v) => o with { PropensityB = v },
            "propensityScored: propensity shift B")
        .Number("treeWeight", o => o.TreeWeight, (o, v) => o with { TreeWeight = v },
            "propensityScored: weight of the trees against the tail classifiers in re-ranking, 0 to 1")
        .Number("tailSteepness", o => o.TailSteepness, (o, v) => o with { TailSteepness = v },
            "propensityScored: how steeply a tail classifier's score falls with the squared distance to the mean of the label's documents");

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
