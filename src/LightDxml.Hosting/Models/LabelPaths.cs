using LightDxml.Inference;
using LightDxml.Text;

namespace LightDxml.Hosting.Models;

/// <summary>What a labels file says of labels: names in place of the model's, and the labels above each.</summary>
internal sealed class LabelPaths(LabelCatalog catalog)
{
    public ScoredLabel Named(ScoredLabel label) =>
        catalog.Find(label.Id) is { Name.Length: > 0 } entry ? label with { Name = entry.Name } : label;

    /// <summary>Names of the labels above one, from the top, by the first parent of each.</summary>
    public IReadOnlyList<string> Above(string id) => catalog.Path(id);
}
