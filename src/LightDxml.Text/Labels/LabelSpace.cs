using System.Text;
using LightDxml.Text.Terms;

namespace LightDxml.Text;

/// <summary>The labels of a data set by row, and the labels that each one brings with it: its ancestors, where they are wanted.</summary>
internal sealed class LabelSpace
{
    private readonly WordTable _ids = new();
    private readonly int[][] _rows;

    /// <param name="ids">One a label row, distinct.</param>
    /// <param name="ancestors">Names the labels above each; those that are not in the space are added at its end. Null adds none.</param>
    /// <exception cref="LightDxmlException">An id has a line break: a model keeps ids a line each, and could not tell it from one with a blank.</exception>
    public LabelSpace(IEnumerable<string> ids, LabelCatalog? ancestors = null)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var all = new List<string>();
        foreach (var id in ids)
            Add(id, all);
        var rows = new List<int[]>();
        for (var label = 0; label < all.Count; label++)
            rows.Add([label, .. (ancestors?.Ancestors(all[label]) ?? []).Select(ancestor => Add(ancestor, all))]);
        Ids = all;
        Ancestors = ancestors;
        _rows = [.. rows];
    }

    /// <summary>One id a label row.</summary>
    public IReadOnlyList<string> Ids { get; }

    public int Count => Ids.Count;

    /// <summary>The hierarchy whose ancestors are added to every point, or null.</summary>
    public LabelCatalog? Ancestors { get; }

    /// <summary>The row of a label, −1 where it is not known.</summary>
    public int Find(string id) => _ids.Find(Encoding.UTF8.GetBytes(id));

    /// <summary>This space, and after it, in their order, the labels that it lacks.</summary>
    public LabelSpace With(IEnumerable<string> ids) => new(Ids.Concat(LabelOrder.Of(ids.Where(id => Find(id) < 0))), Ancestors);

    /// <summary>Rows of a label and of what it brings with it; empty for a label that is not known.</summary>
    internal ReadOnlySpan<int> RowsOf(ReadOnlySpan<byte> id) => _ids.Find(id) is >= 0 and var label ? _rows[label] : [];

    private int Add(string id, List<string> all)
    {
        var row = _ids.GetOrAdd(Encoding.UTF8.GetBytes(id));
        if (row < all.Count)
            return row;
        if (id.AsSpan().ContainsAny('\n', '\r'))
            throw new LightDxmlException($"The label '{id}' has a line break in it; the id of a label is one line.");
        all.Add(id);
        return row;
    }
}
