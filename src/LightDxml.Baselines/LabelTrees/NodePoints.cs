using LightDxml.Data;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>The points that reach the nodes of a tree when its true labels lead them ("teacher forcing").</summary>
internal static class NodePoints
{
    /// <param name="labelPoints">[labels, points], the transposed label matrix.</param>
    /// <returns>[nodes] the points with a label below the node, ascending; those of the root are all, since a point without labels is a negative there.</returns>
    public static int[][] Of(LabelTree tree, SparseMatrix labelPoints)
    {
        var points = new int[tree.NodeCount][];
        var seen = new bool[labelPoints.ColumnCount];
        // Children have higher numbers than their node.
        for (var node = tree.NodeCount - 1; node > 0; node--)
        {
            var union = new List<int>();
            foreach (var child in tree.Children(node))
            {
                foreach (var point in tree.IsLeaf(node) ? labelPoints.RowColumns(child) : points[child])
                {
                    if (!seen[point])
                    {
                        seen[point] = true;
                        union.Add(point);
                    }
                }
            }

            union.Sort();
            points[node] = [.. union];
            foreach (var point in union)
                seen[point] = false;
        }

        points[0] = [.. Enumerable.Range(0, labelPoints.ColumnCount)];
        return points;
    }
}
