namespace LightDxml.Text.Skos;

/// <summary>What the statements of a vocabulary say of one thing; it is a label if one of them calls it a concept.</summary>
internal sealed class SkosConcept(string id)
{
    public string Id { get; } = id;

    public bool IsConcept { get; set; }

    public bool IsDeprecated { get; set; }

    public List<SkosName> PreferredNames { get; } = [];

    public List<SkosName> OtherNames { get; } = [];

    /// <summary>Names by a property that is not of SKOS; they count where there is no preferred one.</summary>
    public List<SkosName> AnyNames { get; } = [];

    public List<string> Parents { get; } = [];

    /// <summary>The concept as a label.</summary>
    /// <param name="languages">Names in other languages do not count, and the preferred name in the first of these is the label's.</param>
    /// <param name="withNamesIn">Whether the preferred name in each language there is comes with it.</param>
    public LabelEntry ToEntry(IReadOnlyList<string> languages, bool withNamesIn)
    {
        string[] names =
        [
            .. languages.SelectMany(language => PreferredNames.Where(name => name.IsIn(language)).OrderBy(name => name.Language.Length)).Select(name => name.Text),
        ];
        var others = OtherNames.Where(name => languages.Any(name.IsIn)).Select(name => name.Text);
        var entry = new LabelEntry(Id, names.FirstOrDefault() ?? "", [.. names.Skip(1).Concat(others).Distinct().Where(name => name != names.FirstOrDefault())], [.. Parents.Distinct()])
        {
            IsDeprecated = IsDeprecated,
        };
        return withNamesIn
            ? entry with { NamesIn = PreferredNames.Where(name => name.Language.Length > 0).DistinctBy(name => name.Language).ToDictionary(name => name.Language, name => name.Text) }
            : entry;
    }
}
