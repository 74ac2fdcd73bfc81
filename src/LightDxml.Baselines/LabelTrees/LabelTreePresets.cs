using LightDxml.Baselines.Linear;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>The published methods that are partitioned label trees, as settings of one implementation.</summary>
internal static class LabelTreePresets
{
    /// <summary>PECOS's XR-Linear (Yu, Zhong, Zhang, Chang and Dhillon, JMLR 2022): one wide balanced tree.</summary>
    public static LabelTreeOptions XrLinear { get; } = new();

    /// <summary>
    /// Parabel (Prabhu, Kag, Harsola, Agrawal and Varma, WWW 2018): three balanced binary trees. With C 0.5 it gives the
    /// published figures on Bibtex and Delicious; with 1 it falls 1.2 points short of P@1 on Bibtex (63.3, published 64.5).
    /// </summary>
    public static LabelTreeOptions Parabel { get; } = new() { Trees = 3, Branching = 2, Cost = 0.5, Transfer = ScoreTransfer.SquaredHinge };

    /// <summary>Bonsai (Khandagale, Xiao and Babbar, Machine Learning 2020): three shallow, wide, unbalanced trees.</summary>
    public static LabelTreeOptions Bonsai { get; } = new()
    {
        Trees = 3,
        Shape = TreeShape.Unbalanced,
        Branching = 100,
        MaxDepth = 2,
        Transfer = ScoreTransfer.SquaredHinge,
    };

    /// <summary>
    /// A probabilistic label tree as napkinXC trains it (Jasinska-Kobus, Wydmuch, Dembczyński, Kuznetsov and
    /// Busa-Fekete, 2020): logistic nodes, so that the scores estimate the labels' marginal probabilities.
    /// </summary>
    public static LabelTreeOptions Plt { get; } = new()
    {
        Branching = 2,
        Loss = LinearLoss.Logistic,
        Transfer = ScoreTransfer.Sigmoid,
        Cost = 10,
        MaxPasses = 100,
        Search = TreeSearch.Exact,
    };

    /// <summary>
    /// DiSMEC (Babbar and Schölkopf, WSDM 2017) as a tree that is one leaf: every label against all points, small weights
    /// dropped. The sigmoid keeps the order of the scores, and is no probability.
    /// </summary>
    public static LabelTreeOptions Dismec { get; } = new() { MaxLeafLabels = int.MaxValue, WeightThreshold = 0.01, Transfer = ScoreTransfer.Sigmoid };

    /// <summary>
    /// One sparse classifier per label, after PD-Sparse (Yen, Huang, Ravikumar, Zhong and Dhillon, ICML 2016): its L1 penalty,
    /// but one squared hinge loss a label in place of its max-margin loss over all labels.
    /// </summary>
    public static LabelTreeOptions PdSparse { get; } = Dismec with { Loss = LinearLoss.SparseSquaredHinge, WeightThreshold = 0, Tolerance = 0.01 };
}
