using LightDxml.Inference;
using LightDxml.Text;
using LightDxml.Text.Reading;

namespace LightDxml.Hosting.Models;

/// <summary>What a labels file says of labels: names in place of the model's, perhaps in several languages, and the labels above each.</summary>
internal sealed class LabelPaths(LabelCatalog catalog)
{
    /// <summary>Languages that names may be asked for in, that of the most labels first; may be none.</summary>
    public IReadOnlyList<string> Languages => catalog.Languages;

    /// <param name="language">One of <see cref="Languages"/>, or null.</param>
    public string NameOf(ScoredLabel label, string? language) =>
        catalog.Find(label.Id) is { Name.Length: > 0 } ? catalog.NameOf(label.Id, language) : label.Name;

    /// <summary>Names in all languages that one label alone has and that are no ids, as training spells labels, with the label's id.</summary>
    public IEnumerable<(string Name, string Id)> IdsByName() => catalog.Entries
        .SelectMany(entry => Languages.Append(null).Select(language => (Name: LabelText.Normalize(catalog.NameOf(entry.Id, language)), entry.Id)))
        .Distinct()
        .GroupBy(label => label.Name, StringComparer.Ordinal)
        .Where(labels => labels.Count() == 1 && catalog.Find(labels.Key) is null)
        .Select(labels => labels.First());

    /// <summary>Names of the labels above one, from the top, by the first parent of each.</summary>
    public IReadOnlyList<string> Above(string id, string? language) => catalog.Path(id, language);
}
