using LightDxml.Data;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>
/// Label disentanglement (Liu, Chang, Yu, Hsieh and Dhillon, NeurIPS 2021): a label of several meanings stands in several
/// leaves. With M[x, leaf], how much a trained tree matches the training point x with the leaf, a label's best leaves are
/// those of the greatest Σ_{x of the label} M[x, leaf], the row of Yᵀ M; M is here the probability of the leaf where the
/// beam reaches it, else 0.
/// </summary>
/// <param name="leavesPerLabel">Leaves of a label at most; a leaf takes this many times its share of labels at most.</param>
internal sealed class LeafAssignment(int leavesPerLabel)
{
    private const int GrainLabels = 16;

    /// <summary>The same nodes with labels assigned anew: every label to one leaf at least.</summary>
    /// <param name="matches">[points, leaves of the beam], the leaves that each point matches, by node, with their probabilities.</param>
    /// <param name="labelPoints">[labels, points].</param>
    public LabelTree Assign(LabelTree tree, RankedLabels matches, SparseMatrix labelPoints, int threads)
    {
        var own = OwnLeaves(tree, labelPoints.RowCount);
        var wishes = Wishes(tree, matches, labelPoints, threads);
        // The greatest matches first, so that a full leaf turns away those that need it least.
        wishes.Sort(static (a, b) => a.Mass != b.Mass ? b.Mass.CompareTo(a.Mass) : a.Label != b.Label ? a.Label.CompareTo(b.Label) : a.Leaf.CompareTo(b.Leaf));
        var leafCount = tree.LeafCount;
        var capacity = leavesPerLabel * Math.Max(1, (own.Count(leaf => leaf >= 0) + leafCount - 1) / leafCount);
        var homes = new int[labelPoints.RowCount];
        var members = new List<int>?[tree.NodeCount];
        foreach (var (label, leaf, _) in wishes)
        {
            var leafMembers = members[leaf] ??= [];
            if (homes[label] == leavesPerLabel || leafMembers.Count >= Math.Max(capacity, tree.Children(leaf).Length))
                continue;
            leafMembers.Add(label);
            homes[label]++;
        }

        // A label that no leaf took stays where it was.
        for (var label = 0; label < homes.Length; label++)
        {
            if (homes[label] == 0 && own[label] >= 0)
                (members[own[label]] ??= []).Add(label);
        }

        return tree.WithLabels(members);
    }

    /// <summary>[labels] the leaf of each label, −1 where it is in none.</summary>
    private static int[] OwnLeaves(LabelTree tree, int labelCount)
    {
        var leaves = new int[labelCount];
        Array.Fill(leaves, -1);
        for (var node = 0; node < tree.NodeCount; node++)
        {
            if (!tree.IsLeaf(node))
                continue;
            foreach (var label in tree.Children(node))
                leaves[label] = node;
        }

        return leaves;
    }

    private List<(int Label, int Leaf, float Mass)> Wishes(LabelTree tree, RankedLabels matches, SparseMatrix labelPoints, int threads)
    {
        var wishes = new (int Leaf, float Mass)[labelPoints.RowCount][];
        using var masses = new ThreadLocal<TouchedSums>(() => new TouchedSums(tree.NodeCount));
        RowRanges.ForEach(labelPoints.RowCount, GrainLabels, threads, (first, end) =>
        {
            // A few more than can be had: some of them may be full.
            var leaves = new int[4 * leavesPerLabel];
            var best = new float[leaves.Length];
            for (var label = first; label < end; label++)
            {
                foreach (var point in labelPoints.RowColumns(label))
                {
                    var reached = matches.Labels(point);
                    for (var i = 0; i < reached.Length && reached[i] >= 0; i++)
                        masses.Value!.Add(reached[i], matches.Scores(point)[i]);
                }

                masses.Value!.TakeTop(1, leaves, best);
                wishes[label] = [.. leaves.Zip(best).Where(wish => wish.First >= 0)];
            }
        });
        return [.. wishes.SelectMany((leaves, label) => leaves.Select(wish => (label, wish.Leaf, wish.Mass)))];
    }
}
