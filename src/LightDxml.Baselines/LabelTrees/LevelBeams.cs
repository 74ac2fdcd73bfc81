using LightDxml.Baselines.Linear;
using LightDxml.Data;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>
/// The beam of every training point while a tree is trained level by level: the nodes that the levels trained so far
/// would send the point to, the matcher of "matcher-aware negatives" (PECOS).
/// </summary>
/// <param name="features">[points, features].</param>
internal sealed class LevelBeams(LabelTree tree, SparseMatrix features, int width, ScoreTransfer transfer, int threads)
{
    private const int GrainPoints = 64;
    private RankedLabels _beams = Start(tree, features.RowCount, width);

    /// <summary>Of the nodes [first, end) the points that have them in their beam, ascending.</summary>
    public List<int>[] Points(int first, int end)
    {
        var points = new List<int>[end - first];
        for (var node = 0; node < points.Length; node++)
            points[node] = [];
        for (var point = 0; point < features.RowCount; point++)
        {
            foreach (var node in _beams.Labels(point))
            {
                if (node >= first && node < end)
                    points[node - first].Add(point);
            }
        }

        return points;
    }

    /// <summary>Moves every beam one level on.</summary>
    /// <param name="first">The level's nodes are [first, end).</param>
    /// <param name="classifiers">Those of the level's child slots.</param>
    public void Advance(int first, int end, PrunedClassifier[] classifiers)
    {
        var offsets = new int[end - first + 1];
        for (var node = first; node < end; node++)
            offsets[node - first + 1] = tree.FirstSlot(node) + tree.Children(node).Length - tree.FirstSlot(first);
        var scored = ClassifierAssembly.Assemble(features.ColumnCount, offsets, classifiers);
        var next = new RankedLabels(features.RowCount, tree.NodeCount, width);
        RowRanges.ForEach(features.RowCount, GrainPoints, threads, (firstPoint, endPoint) =>
        {
            var scores = new float[tree.MaxChildren];
            for (var point = firstPoint; point < endPoint; point++)
            {
                var top = new BestRows<float>(next.Labels(point), next.Scores(point));
                var nodes = _beams.Labels(point);
                var logs = _beams.Scores(point);
                for (var i = 0; i < nodes.Length && nodes[i] >= 0; i++)
                {
                    if (tree.IsLeaf(nodes[i]))
                    {
                        top.Offer(nodes[i], logs[i]);
                        continue;
                    }

                    var children = tree.Children(nodes[i]);
                    var own = scores.AsSpan(0, children.Length);
                    scored.Score(nodes[i] - first, features.RowColumns(point), features.RowValues(point), own);
                    LogTransfer.Apply(transfer, own);
                    for (var child = 0; child < children.Length; child++)
                        top.Offer(children[child], logs[i] + own[child]);
                }
            }
        });
        _beams = next;
    }

    private static RankedLabels Start(LabelTree tree, int points, int width)
    {
        var beams = new RankedLabels(points, tree.NodeCount, width);
        for (var point = 0; point < points; point++)
            (beams.Labels(point)[0], beams.Scores(point)[0]) = (0, 0);
        return beams;
    }
}
