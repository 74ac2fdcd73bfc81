using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Text;

namespace LightDxml.Inference;

/// <summary>What a hierarchy of labels asks of a document's labels: ancestors at least as probable as their descendants, or only the most specific ones.</summary>
internal sealed class LabelHierarchy
{
    private readonly int[][] _ancestors;

    private LabelHierarchy(int[][] ancestors) => _ancestors = ancestors;

    /// <summary>Whether an ancestor's score is raised to that of its best descendant; ancestors that are not ranked come in.</summary>
    public bool IsConsistent { get; init; }

    /// <summary>Whether labels go of which the document is given a descendant.</summary>
    public bool IsMostSpecific { get; init; }

    /// <param name="catalog">The hierarchy; null takes that of the model.</param>
    /// <param name="more">Ids of labels that follow those of the model.</param>
    /// <exception cref="LightDxmlException">The model knows no hierarchy, or none of the labels has an ancestor among them.</exception>
    public static LabelHierarchy Of(LabelCatalog? catalog, StoredModel model, bool consistent, bool mostSpecific, IEnumerable<string>? more = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var own = catalog is null;
        catalog ??= model.Hierarchy ?? throw new LightDxmlException($"{model.Name} knows no labels above others: it was trained without a labels file that has parents, or by an earlier version. Give the file, --label-names.");
        var rows = model.LabelRows();
        string[] ids = [.. Enumerable.Range(0, model.Ranker.LabelCount).Select(model.IdOf), .. more ?? []];
        for (var label = model.Ranker.LabelCount; label < ids.Length; label++)
            rows.TryAdd(ids[label], label);
        int[][] above = [.. ids.Select((id, label) => catalog.Ancestors(id).Where(rows.ContainsKey).Select(ancestor => rows[ancestor]).Where(row => row != label).ToArray())];

        // Labels of a cycle are above each other: neither is the more specific one.
        int[][] ancestors = [.. above.Select((found, label) => Array.FindAll(found, row => !above[row].Contains(label)))];
        return ancestors.All(found => found.Length == 0)
            ? throw new LightDxmlException($"By {(own ? "its own hierarchy" : "the labels file")} no label of {model.Name} is above another one.")
            : new LabelHierarchy(ancestors) { IsConsistent = consistent, IsMostSpecific = mostSpecific };
    }

    /// <summary>The labels of documents as decisions are measured by: the most specific ones where those are asked for.</summary>
    /// <param name="truth">[documents, labels].</param>
    public SparseMatrix Measured(SparseMatrix truth)
    {
        if (!IsMostSpecific)
            return truth;
        var offsets = new long[truth.RowCount + 1];
        var columns = new List<int>();
        for (var document = 0; document < truth.RowCount; document++)
        {
            var labels = truth.RowColumns(document);
            var above = Above(labels);
            foreach (var label in labels)
            {
                if (!above.Contains(label))
                    columns.Add(label);
            }

            offsets[document + 1] = columns.Count;
        }

        return new SparseMatrix(truth.RowCount, truth.ColumnCount, offsets, [.. columns]);
    }

    /// <summary>
    /// Raises the probabilities of ancestors, and ranks anew. A label comes right behind those of its ancestors that have no more than its own score, so that the first labels are not without
    /// what is above them; otherwise, of equal scores, the label that was ranked before stays before. Where scores are weighed for the tail, an ancestor of a lower score comes later.
    /// </summary>
    /// <param name="tailFactors">[labels] what scores are divided by to be probabilities; empty where they are.</param>
    public void Raise(Span<int> labels, Span<float> scores, ReadOnlySpan<float> tailFactors)
    {
        if (!IsConsistent)
            return;
        var raised = new Dictionary<int, float>(); // scores: the probability times the label's own factor
        var order = new List<int>();
        for (var place = 0; place < labels.Length && labels[place] >= 0; place++)
        {
            foreach (var label in (int[])[labels[place], .. _ancestors[labels[place]]])
            {
                if (!raised.TryGetValue(label, out var score))
                    order.Add(label);
                raised[label] = Math.Max(score, label == labels[place] ? scores[place] : scores[place] / Factor(tailFactors, labels[place]) * Factor(tailFactors, label));
            }
        }

        int[] best = [.. order.OrderByDescending(label => raised[label]).SelectMany(WithEqualAncestors).Distinct().Take(labels.Length)];
        labels.Fill(-1);
        scores.Fill(float.NegativeInfinity);
        for (var place = 0; place < best.Length; place++)
            (labels[place], scores[place]) = (best[place], raised[best[place]]);

        IEnumerable<int> WithEqualAncestors(int label) => _ancestors[label].Where(above => raised[above] == raised[label]).OrderBy(above => _ancestors[above].Length).Append(label);
    }

    private static float Factor(ReadOnlySpan<float> tailFactors, int label) => label < tailFactors.Length ? tailFactors[label] : 1;

    /// <summary>Adds the labels above those that are given, where these come with them.</summary>
    /// <param name="given">Of each label whether it is given.</param>
    public void AddAncestors(ReadOnlySpan<int> labels, Span<bool> given)
    {
        if (!IsConsistent)
            return;
        var above = new HashSet<int>();
        for (var place = 0; place < labels.Length; place++)
        {
            if (given[place])
                above.UnionWith(_ancestors[labels[place]]);
        }

        for (var place = 0; place < labels.Length; place++)
            given[place] |= above.Contains(labels[place]);
    }

    /// <summary>Of the first <paramref name="top"/> labels, takes those off of which a descendant is among these; and all labels behind, which the document is not given.</summary>
    public void KeepMostSpecific(Span<int> labels, Span<float> scores, int top)
    {
        if (!IsMostSpecific)
            return;
        if (top < labels.Length)
        {
            labels[top..].Fill(-1);
            scores[top..].Fill(float.NegativeInfinity);
        }

        var above = Above(labels);
        var stays = new bool[labels.Length];
        for (var place = 0; place < labels.Length; place++)
            stays[place] = !above.Contains(labels[place]);
        RankedLabels.KeepOnly(stays, labels, scores);
    }

    private HashSet<int> Above(ReadOnlySpan<int> labels)
    {
        var above = new HashSet<int>();
        foreach (var label in labels)
        {
            if (label >= 0 && label < _ancestors.Length)
                above.UnionWith(_ancestors[label]);
        }

        return above;
    }
}
