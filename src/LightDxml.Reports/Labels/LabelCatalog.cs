namespace LightDxml.Reports.Labels;

/// <summary>Names of labels by label row, with ids and places in a hierarchy where these are known.</summary>
public sealed class LabelCatalog
{
    private readonly IReadOnlyList<LabelEntry> _entries;

    /// <param name="entries">[labels], by label row.</param>
    public LabelCatalog(IReadOnlyList<LabelEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _entries = entries;
        HasDepths = entries.Any(entry => entry.Depth is not null);
    }

    public int Count => _entries.Count;

    /// <summary>Whether any label's place in a hierarchy is known.</summary>
    public bool HasDepths { get; }

    public LabelEntry this[int label] => _entries[label];

    /// <summary>Names alone, by label row.</summary>
    public static LabelCatalog OfNames(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new LabelCatalog([.. names.Select(name => new LabelEntry(null, name, null))]);
    }
}

/// <summary>What is known of a label.</summary>
/// <param name="Id">Its identifier where that is not its name.</param>
/// <param name="Depth">Steps to the nearest root of the hierarchy, 0 for a root itself; null without a hierarchy.</param>
public sealed record LabelEntry(string? Id, string Name, int? Depth);
