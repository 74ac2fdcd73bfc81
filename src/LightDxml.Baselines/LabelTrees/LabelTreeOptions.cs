using LightDxml.Baselines.Linear;
using LightDxml.Configuration;
using LightDxml.Kernels.Linear;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>How labels are divided among the nodes of a tree.</summary>
internal enum TreeShape
{
    /// <summary>Halves of equal size, again and again; levels are then joined to the wanted number of branches.</summary>
    Balanced,

    /// <summary>As many clusters as branches, each as large as it happens to be.</summary>
    Unbalanced,
}

/// <summary>What labels are clustered by.</summary>
internal enum LabelRepresentation
{
    /// <summary>The normalised sum of the label's points ("positive instance feature aggregation").</summary>
    Centroids,

    /// <summary>The words of the label's name.</summary>
    Names,

    /// <summary>Both, each of the same weight.</summary>
    CentroidsAndNames,
}

/// <summary>How a classifier's output s becomes a (pseudo-)probability.</summary>
internal enum ScoreTransfer
{
    /// <summary>exp(−max(0, 1 − s)²), Parabel's.</summary>
    SquaredHinge,

    /// <summary>exp(−max(0, 1 − s)³), PECOS's default.</summary>
    CubedHinge,

    /// <summary>1 / (1 + exp(−s)).</summary>
    Sigmoid,
}

/// <summary>Which points a node's classifiers are trained on, besides those of each child.</summary>
internal enum NodeNegatives
{
    /// <summary>The points with a label below the node.</summary>
    TeacherForcing,

    /// <summary>These, and the points that the classifiers above would send to the node.</summary>
    MatcherAware,
}

/// <summary>How the best labels are searched for.</summary>
internal enum TreeSearch
{
    /// <summary>The best nodes of each level are followed.</summary>
    Beam,

    /// <summary>By uniform cost: slower, and certain to find the best labels. For one tree.</summary>
    Exact,
}

/// <summary>Settings of partitioned label trees; the defaults are those of the <c>xr-linear</c> preset.</summary>
internal sealed record LabelTreeOptions
{
    [Meaning("trees that are trained with different seeds and whose scores are averaged")]
    public int Trees { get; init; } = 1;

    [Meaning("whether feature rows are scaled to unit L2 norm, in training and in prediction")]
    public bool UnitRows { get; init; } = true;

    [Meaning("balanced or unbalanced clusters of labels")]
    public TreeShape Shape { get; init; } = TreeShape.Balanced;

    [Meaning("what labels are clustered by; names are those of data sets that have them")]
    public LabelRepresentation Representation { get; init; } = LabelRepresentation.Centroids;

    [Meaning("children of an inner node at most")]
    public int Branching { get; init; } = 16;

    [Meaning("labels up to which a node is not divided further")]
    public int MaxLeafLabels { get; init; } = 100;

    [Meaning("levels of nodes below the root at most, in unbalanced trees")]
    public int MaxDepth { get; init; } = 20;

    [Meaning("loss of the classifiers")]
    public LinearLoss Loss { get; init; } = LinearLoss.SquaredHinge;

    [Meaning("how a classifier's output becomes a probability")]
    public ScoreTransfer Transfer { get; init; } = ScoreTransfer.CubedHinge;

    [Meaning("C of the classifiers: weight of the loss against the weights' norm")]
    public double Cost { get; init; } = 1;

    [Meaning("the solver stops when the projected gradients of a pass lie within this of each other")]
    public double Tolerance { get; init; } = 0.1;

    [Meaning("passes of the solver at most")]
    public int MaxPasses { get; init; } = 20;

    [Meaning("value of the constant feature that carries the bias; 0 for none")]
    public double BiasFeature { get; init; } = 1;

    [Meaning("weights below this are dropped")]
    public double WeightThreshold { get; init; } = 0.1;

    [Meaning("leaves that a label may stand in, 1 to 6; more than 1 trains a second time, on leaves that the first training's matches choose")]
    public int LeavesPerLabel { get; init; } = 1;

    [Meaning("negatives of a node: points with a label below it, or those and what the matcher would send there")]
    public NodeNegatives Negatives { get; init; } = NodeNegatives.TeacherForcing;

    [Meaning("beam search, or exact search in one tree")]
    public TreeSearch Search { get; init; } = TreeSearch.Beam;

    [Meaning("nodes that are followed at each level by beam search and by the matcher of negatives")]
    public int Beam { get; init; } = 10;

    internal LinearSolverOptions Solver => new(Cost, Tolerance, MaxPasses, BiasFeature);

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public LabelTreeOptions Validate()
    {
        Check.Range(Trees, 1, 1000, "trees");
        Check.Range(Branching, 2, int.MaxValue, "branching");
        Check.Range(MaxLeafLabels, 1, int.MaxValue, "maxLeafLabels");
        Check.Range(MaxDepth, 1, 100, "maxDepth");
        Check.Range(WeightThreshold, 0, 1e6, "weightThreshold");
        Check.Range(LeavesPerLabel, 1, 6, "leavesPerLabel");
        Check.Range(Beam, 1, int.MaxValue, "beam");
        if (Search == TreeSearch.Exact && Trees > 1)
            throw new OptionsException($"search=exact is for one tree, but trees is {Trees}.");
        Solver.Validate();
        return this;
    }
}
