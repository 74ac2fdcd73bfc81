using LightDxml.Data;

namespace LightDxml.Torch.Networks.Levels;

/// <summary>
/// Labels under levels of clusters, coarse to fine. The outputs of a level are its clusters; those of the last level are the labels.
/// </summary>
internal sealed class LabelLevels
{
    private readonly IReadOnlyList<int[][]> _members;
    private readonly int[][] _above;
    private readonly int _labelCount;

    /// <param name="members">[levels of clusters][clusters] the clusters of the next level in each; in those of the last the labels. Each stands in one at most.</param>
    public LabelLevels(IReadOnlyList<int[][]> members, int labelCount)
    {
        (_members, _labelCount) = (members, labelCount);
        _above = [.. Enumerable.Range(0, Count).Select(Above)];
    }

    /// <summary>Levels of outputs, that of the labels among them.</summary>
    public int Count => _members.Count + 1;

    /// <summary>Outputs of a level.</summary>
    public int Size(int level) => level < _members.Count ? _members[level].Length : _labelCount;

    /// <summary>[outputs] the cluster above each output; −1 for a label that is in none, and all over on the first level.</summary>
    public ReadOnlySpan<int> ClustersAbove(int level) => _above[level];

    /// <summary>[documents, outputs] the outputs of a level that documents have a label below.</summary>
    /// <param name="labels">[documents, labels].</param>
    public SparseMatrix Truth(int level, SparseMatrix labels)
    {
        for (var from = Count - 1; from > level; from--)
        {
            var above = _above[from];
            var offsets = new long[labels.RowCount + 1];
            var columns = new List<int>();
            for (var document = 0; document < labels.RowCount; document++)
            {
                columns.AddRange(labels.RowColumns(document).ToArray().Select(output => above[output]).Where(cluster => cluster >= 0).Distinct().Order());
                offsets[document + 1] = columns.Count;
            }

            labels = new SparseMatrix(labels.RowCount, Size(from - 1), offsets, [.. columns]);
        }

        return labels;
    }

    /// <summary>
    /// [documents, outputs] what lies in the clusters of the level above that documents reach or have: with the probability of the cluster, and 0
    /// in those that it does not reach.
    /// </summary>
    /// <param name="level">After the first.</param>
    /// <param name="reached">Clusters of the level above.</param>
    /// <param name="had">[documents, clusters] those that have a label of the document; null where that is not known.</param>
    public SparseMatrix Candidates(int level, RankedLabels reached, SparseMatrix? had = null)
    {
        var rows = new (int[] Columns, float[] Values)[reached.PointCount];
        for (var document = 0; document < rows.Length; document++)
        {
            var candidates = new SortedList<int, float>();
            var clusters = reached.Labels(document);
            var scores = reached.Scores(document);
            for (var place = 0; place < clusters.Length && clusters[place] >= 0; place++)
                Add(candidates, clusters[place], scores[place]);
            foreach (var cluster in had is null ? default : had.RowColumns(document))
                Add(candidates, cluster, 0);
            rows[document] = ([.. candidates.Keys], [.. candidates.Values]);
        }

        return SparseMatrix.OfRows(rows, Size(level));

        void Add(SortedList<int, float> candidates, int cluster, float probability)
        {
            foreach (var member in _members[level - 1][cluster])
                candidates.TryAdd(member, probability);
        }
    }

    private int[] Above(int level)
    {
        var above = new int[Size(level)];
        Array.Fill(above, -1);
        for (var cluster = 0; level > 0 && cluster < _members[level - 1].Length; cluster++)
        {
            foreach (var member in _members[level - 1][cluster])
                above[member] = cluster;
        }

        return above;
    }
}
