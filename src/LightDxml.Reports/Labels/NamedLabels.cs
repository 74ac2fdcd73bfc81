using LightDxml.Data.Compression;
using LightDxml.Text;

namespace LightDxml.Reports.Labels;

/// <summary>Names of labels by label row, with ids and places in a hierarchy where these are known.</summary>
internal sealed class NamedLabels
{
    private readonly IReadOnlyList<NamedLabel> _labels;

    /// <param name="labels">[labels], by label row.</param>
    public NamedLabels(IReadOnlyList<NamedLabel> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        _labels = labels;
        HasDepths = labels.Any(label => label.Depth is not null);
    }

    public int Count => _labels.Count;

    /// <summary>Whether any label's place in a hierarchy is known.</summary>
    public bool HasDepths { get; }

    public NamedLabel this[int label] => _labels[label];

    /// <summary>Names alone, by label row.</summary>
    public static NamedLabels OfNames(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new NamedLabels([.. names.Select(name => new NamedLabel(null, name, null, []))]);
    }

    /// <summary>Labels by their ids; one that the catalog does not have keeps its id as its name.</summary>
    /// <param name="ids">[labels], by label row.</param>
    public static NamedLabels Of(LabelCatalog catalog, IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(ids);
        var hasHierarchy = catalog.HasHierarchy;
        return new NamedLabels([.. ids.Select(id => catalog.Find(id) is { } entry
            ? new NamedLabel(id, catalog.NameOf(id), hasHierarchy ? catalog.Depth(id) : null, [.. entry.Parents.Select(catalog.NameOf)])
            : new NamedLabel(null, id, hasHierarchy ? catalog.DepthOrNone(id) : null, []))]);
    }

    /// <summary>
    /// Reads names, one per line, or a labels file (<see cref="LabelCatalog.Read(string)"/>) where the file is called <c>.jsonl</c> or a SKOS
    /// vocabulary; plain, .gz or .br. Line l is of label row l, unless a file of ids says which label stands in which row.
    /// </summary>
    /// <param name="idsPath">One id a line, line l naming label row l; null for the order of the file itself.</param>
    /// <param name="labelCount">Labels of the data set.</param>
    /// <exception cref="Data.DataFormatException">A line is not what the format promises.</exception>
    /// <exception cref="LightDxmlException">A file cannot be read, or does not name as many labels as there are.</exception>
    public static NamedLabels Read(string path, string? idsPath, int labelCount)
    {
        if (!LabelCatalog.HasIds(path))
        {
            return idsPath is null
                ? OfNames(Checked(path, Lines(path), labelCount, hint: ""))
                : throw new LightDxmlException($"{path}: label ids can be looked up only in a .jsonl file or a SKOS vocabulary.");
        }

        var catalog = LabelCatalog.Read(path);
        return idsPath is null
            ? Of(catalog, Checked(path, [.. catalog.Entries.Select(entry => entry.Id)], labelCount, "; say which label stands in which column with a file of ids"))
            : Of(catalog, Checked(idsPath, Lines(idsPath), labelCount, hint: ""));
    }

    private static List<string> Checked(string path, List<string> names, int labelCount, string hint) =>
        names.Count == labelCount ? names : throw new LightDxmlException($"{path}: {names.Count} names for {labelCount} labels{hint}.");

    private static List<string> Lines(string path) => [.. CompressedFile.ReadLines(path)];
}
