namespace LightDxml.Text;

/// <summary>What labels are called: of each the name first, then other names for the same thing.</summary>
/// <param name="names">One list per label row; empty where nothing is known.</param>
internal sealed class LabelTexts(IReadOnlyList<IReadOnlyList<string>> names)
{
    /// <summary>One list per label row.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Names { get; } = names;

    /// <summary>The names of labels.</summary>
    /// <param name="ids">One id per label row.</param>
    /// <param name="catalog">The labels file; needed by its source alone.</param>
    /// <returns>Null where labels are not looked for by name.</returns>
    public static LabelTexts? Of(IReadOnlyList<string> ids, LabelCatalog? catalog, LabelNameSource source) => source switch
    {
        LabelNameSource.Catalog => new LabelTexts([.. ids.Select(id => catalog!.Find(id) is { } entry ? NamesOf(entry) : [])]),
        LabelNameSource.Ids => new LabelTexts([.. ids.Select(id => (IReadOnlyList<string>)[id])]),
        _ => null,
    };

    /// <summary>Name and alternative names of a label, without those that are blank.</summary>
    public static IReadOnlyList<string> NamesOf(LabelEntry entry) =>
        [.. new[] { entry.Name }.Concat(entry.AlternativeNames).Where(name => !string.IsNullOrWhiteSpace(name)).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether a label that no document has is to be found by its names.</summary>
    public static bool AreToFind(LabelEntry entry) => !entry.IsDeprecated && NamesOf(entry).Count > 0;

    public bool IsSameAs(LabelTexts other) =>
        Names.Count == other.Names.Count && Names.Zip(other.Names).All(pair => pair.First.SequenceEqual(pair.Second, StringComparer.Ordinal));
}
