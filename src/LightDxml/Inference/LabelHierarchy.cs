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

    /// <exception cref="LightDxmlException">None of the model's labels has an ancestor among them.</exception>
    public static LabelHierarchy Of(LabelCatalog catalog, StoredModel model, bool consistent, bool mostSpecific)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        var rows = model.LabelRows();
        int[][] ancestors =
        [
            .. Enumerable.Range(0, model.Ranker.LabelCount).Select(label =>
                catalog.Ancestors(model.IdOf(label)).Where(rows.ContainsKey).Select(id => rows[id]).Where(row => row != label).ToArray()),
        ];
        return ancestors.All(above => above.Length == 0)
            ? throw new LightDxmlException($"By the labels file no label of {model.Name} is above another one.")
            : new LabelHierarchy(ancestors) { IsConsistent = consistent, IsMostSpecific = mostSpecific };
    }

    /// <summary>Raises the scores of ancestors, and ranks anew; of equal scores the label that was ranked before stays before.</summary>
    public void Raise(Span<int> labels, Span<float> scores)
    {
        if (!IsConsistent)
            return;
        var raised = new Dictionary<int, float>();
        var order = new List<int>();
        for (var place = 0; place < labels.Length && labels[place] >= 0; place++)
        {
            foreach (var label in (int[])[labels[place], .. _ancestors[labels[place]]])
            {
                if (!raised.TryGetValue(label, out var score))
                    order.Add(label);
                raised[label] = Math.Max(score, scores[place]);
            }
        }

        var best = order.OrderByDescending(label => raised[label]).Take(labels.Length).ToArray();
        labels.Fill(-1);
        scores.Fill(float.NegativeInfinity);
        for (var place = 0; place < best.Length; place++)
            (labels[place], scores[place]) = (best[place], raised[best[place]]);
    }

    /// <summary>Takes the labels off of which a descendant stays.</summary>
    public void KeepMostSpecific(Span<int> labels, Span<float> scores)
    {
        if (!IsMostSpecific)
            return;
        var above = new HashSet<int>();
        foreach (var label in labels)
        {
            if (label >= 0)
                above.UnionWith(_ancestors[label]);
        }

        var kept = 0;
        for (var place = 0; place < labels.Length && labels[place] >= 0; place++)
        {
            if (!above.Contains(labels[place]))
                (labels[kept], scores[kept++]) = (labels[place], scores[place]);
        }

        labels[kept..].Fill(-1);
        scores[kept..].Fill(float.NegativeInfinity);
    }
}
