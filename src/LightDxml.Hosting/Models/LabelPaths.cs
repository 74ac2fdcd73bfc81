using LightDxml.Inference;
using LightDxml.Text;

namespace LightDxml.Hosting.Models;

/// <summary>What a labels file says of labels: names in place of the model's, perhaps in several languages, and the labels above each.</summary>
internal sealed class LabelPaths(LabelCatalog catalog)
{
    /// <summary>Languages that names may be asked for in, that of the most labels first; may be none.</summary>
    public IReadOnlyList<string> Languages => catalog.Languages;

    /// <param name="language">One of <see cref="Languages"/>, or null.</param>
    public string NameOf(ScoredLabel label, string? language) =>
        catalog.Find(label.Id) is { Name.Length: > 0 } ? catalog.NameOf(label.Id, language) : label.Name;

    /// <summary>Names of the labels above one, from the top, by the first parent of each.</summary>
    public IReadOnlyList<string> Above(string id, string? language) => catalog.Path(id, language);
}
