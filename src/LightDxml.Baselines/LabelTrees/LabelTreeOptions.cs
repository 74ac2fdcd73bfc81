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
    /// <summary>Number of trees, trained with different seeds; their scores are averaged.</summary>
    public int Trees { get; init; } = 1;

    /// <summary>Whether feature rows are scaled to unit L2 norm, in training and in prediction.</summary>
    public bool UnitRows { get; init; } = true;

    /// <summary>Whether clusters of labels are of equal size.</summary>
    public TreeShape Shape { get; init; } = TreeShape.Balanced;

    /// <summary>What labels are clustered by; names need a data set that has them.</summary>
    public LabelRepresentation Representation { get; init; } = LabelRepresentation.Centroids;

    /// <summary>Most children per inner node.</summary>
    public int Branching { get; init; } = 16;

    /// <summary>Most labels per leaf.</summary>
    public int MaxLeafLabels { get; init; } = 100;

    /// <summary>Unbalanced trees: most levels of nodes below the root.</summary>
    public int MaxDepth { get; init; } = 20;

    /// <summary>Loss of the classifiers.</summary>
    public LinearLoss Loss { get; init; } = LinearLoss.SquaredHinge;

    /// <summary>How a classifier's output becomes a probability.</summary>
    public ScoreTransfer Transfer { get; init; } = ScoreTransfer.CubedHinge;

    /// <summary>C of the classifiers: weight of the loss against the weights' norm.</summary>
    public double Cost { get; init; } = 1;

    /// <summary>The solver stops when the projected gradients of a pass lie within this of each other.</summary>
    public double Tolerance { get; init; } = 0.1;

    /// <summary>Most passes of the solver.</summary>
    public int MaxPasses { get; init; } = 20;

    /// <summary>Value of the constant feature that carries the bias; 0 = no bias.</summary>
    public double BiasFeature { get; init; } = 1;

    /// <summary>Weights of smaller magnitude are dropped.</summary>
    public double WeightThreshold { get; init; } = 0.1;

    /// <summary>Most leaves per label, 1 to 6; above 1 the tree is trained a second time, with leaves chosen by the matches of the first training.</summary>
    public int LeavesPerLabel { get; init; } = 1;

    /// <summary>Negatives of a node: documents with a label below it, or these and the documents that the matcher sends there.</summary>
    public NodeNegatives Negatives { get; init; } = NodeNegatives.TeacherForcing;

    /// <summary>How the best labels are found; exact search is for one tree.</summary>
    public TreeSearch Search { get; init; } = TreeSearch.Beam;

    /// <summary>Nodes followed per level, by beam search and by the matcher of negatives.</summary>
    public int Beam { get; init; } = 10;

    /// <summary>The settings by name.</summary>
    internal static SettingTable<LabelTreeOptions> Table { get; } = new SettingTable<LabelTreeOptions>()
        .Whole("trees", o => o.Trees, (o, v) => o with { Trees = v },
            "number of trees, trained with different seeds; their scores are averaged")
        .Flag("unitRows", o => o.UnitRows, (o, v) => o with { UnitRows = v },
            "whether feature rows are scaled to unit L2 norm, in training and in prediction")
        .Choice("shape", o => o.Shape, (o, v) => o with { Shape = v },
            "whether clusters of labels are of equal size")
        .Choice("representation", o => o.Representation, (o, v) => o with { Representation = v },
            "what labels are clustered by; names need a data set that has them")
        .Whole("branching", o => o.Branching, (o, v) => o with { Branching = v },
            "most children per inner node")
        .Whole("maxLeafLabels", o => o.MaxLeafLabels, (o, v) => o with { MaxLeafLabels = v },
            "most labels per leaf")
        .Whole("maxDepth", o => o.MaxDepth, (o, v) => o with { MaxDepth = v },
            "unbalanced trees: most levels of nodes below the root")
        .Choice("loss", o => o.Loss, (o, v) => o with { Loss = v },
            "loss of the classifiers")
        .Choice("transfer", o => o.Transfer, (o, v) => o with { Transfer = v },
            "how a classifier's output becomes a probability")
        .Number("cost", o => o.Cost, (o, v) => o with { Cost = v },
            "C of the classifiers: weight of the loss against the weights' norm")
        .Number("tolerance", o => o.Tolerance, (o, v) => o with { Tolerance = v },
            "the solver stops when the projected gradients of a pass lie within this of each other")
        .Whole("maxPasses", o => o.MaxPasses, (o, v) => o with { MaxPasses = v },
            "most passes of the solver")
        .Number("biasFeature", o => o.BiasFeature, (o, v) => o with { BiasFeature = v },
            "value of the constant feature that carries the bias; 0 = no bias")
        .Number("weightThreshold", o => o.WeightThreshold, (o, v) => o with { WeightThreshold = v },
            "weights of smaller magnitude are dropped")
        .Whole("leavesPerLabel", o => o.LeavesPerLabel, (o, v) => o with { LeavesPerLabel = v },
            "most leaves per label, 1 to 6; above 1 the tree is trained a second time, with leaves chosen by the matches of the first training")
        .Choice("negatives", o => o.Negatives, (o, v) => o with { Negatives = v },
            "negatives of a node: documents with a label below it, or these and the documents that the matcher sends there")
        .Choice("search", o => o.Search, (o, v) => o with { Search = v },
            "how the best labels are found; exact search is for one tree")
        .Whole("beam", o => o.Beam, (o, v) => o with { Beam = v },
            "nodes followed per level, by beam search and by the matcher of negatives");

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
