using LightDxml.Text.Reading;

namespace LightDxml.Text.Skos;

/// <summary>Gathers the statements of a vocabulary that tell of labels: which concepts there are, their names, and what is above them.</summary>
internal sealed class SkosVocabulary
{
    private const string Untagged = "";

    private readonly Dictionary<string, SkosConcept> _byId = new(StringComparer.Ordinal);
    private readonly List<SkosConcept> _concepts = [];

    /// <param name="subject">Null of a blank node, of which nothing is kept.</param>
    /// <param name="value">Null of a blank node.</param>
    public void Add(string? subject, string predicate, string? value)
    {
        if (subject is null || value is null)
            return;
        if (predicate == SkosTerms.Type && value == SkosTerms.Concept)
            Of(subject).IsConcept = true;
        else if (predicate == SkosTerms.Broader)
            Of(subject).Parents.Add(value);
        else if (predicate == SkosTerms.Narrower)
            Of(value).Parents.Add(subject);
    }

    /// <inheritdoc cref="Add"/>
    public void AddText(string? subject, string predicate, string text, string language)
    {
        if (subject is null || predicate is not (SkosTerms.PreferredLabel or SkosTerms.AlternativeLabel or SkosTerms.HiddenLabel))
            return;
        var name = new SkosName(LabelText.Normalize(text), language.ToLowerInvariant());
        if (name.Text.Length > 0)
            (predicate == SkosTerms.PreferredLabel ? Of(subject).PreferredNames : Of(subject).OtherNames).Add(name);
    }

    /// <summary>The concepts as labels, in the order in which the file first names them.</summary>
    /// <param name="languages">Of the names, the most wanted first; names without a language count as well. Empty takes every language, that of the most concepts first.</param>
    /// <exception cref="LightDxmlException">There are no concepts, or none has a name in the languages.</exception>
    public List<LabelEntry> ToEntries(string path, IReadOnlyList<string> languages)
    {
        var concepts = _concepts.Where(concept => concept.IsConcept).ToList();
        if (concepts.Count == 0)
            throw new LightDxmlException($"{path}: there is no skos:Concept in it, expected a SKOS vocabulary.");
        var there = Languages(concepts);
        string[] wanted = languages.Count == 0 ? [.. there] : [.. languages.Select(language => language.ToLowerInvariant()), Untagged];
        if (languages.Count > 0 && there.Count > 0 && !concepts.Any(concept => concept.PreferredNames.Any(name => wanted.Any(name.IsIn))))
            throw new LightDxmlException($"{path}: no concept has a skos:prefLabel in {string.Join(" or ", languages)}; --language may name {string.Join(", ", there.Where(language => language.Length > 0))}.");
        return [.. concepts.Select(concept => concept.ToEntry(wanted, withNamesIn: there.Count(language => language.Length > 0) > 1))];
    }

    /// <summary>Every language of a name, that of the most concepts first; of those with equally many English.</summary>
    private static List<string> Languages(List<SkosConcept> concepts)
    {
        var counts = concepts.SelectMany(concept => concept.PreferredNames.Select(name => name.Language).Distinct()).CountBy(language => language).ToDictionary();
        foreach (var language in concepts.SelectMany(concept => concept.OtherNames).Select(name => name.Language))
            counts.TryAdd(language, 0);
        return [.. counts.OrderByDescending(pair => pair.Value).ThenByDescending(pair => pair.Key == "en").ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key)];
    }

    private SkosConcept Of(string id)
    {
        if (_byId.TryGetValue(id, out var concept))
            return concept;
        concept = new SkosConcept(id);
        _byId.Add(id, concept);
        _concepts.Add(concept);
        return concept;
    }
}
