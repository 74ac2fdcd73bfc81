using LightDxml.Text.Reading;

namespace LightDxml.Text.Skos;

/// <summary>Gathers the statements of a vocabulary that tell of labels: which concepts there are, their names, and what is above them.</summary>
internal sealed class SkosVocabulary
{
    private const string Untagged = "";

    private readonly Dictionary<string, SkosConcept> _byId = new(StringComparer.Ordinal);
    private readonly List<SkosConcept> _concepts = [];

    // Names that are things of their own: what each names and how, and their texts.
    private readonly List<(string Subject, string Predicate, string Name)> _namings = [];
    private readonly Dictionary<string, List<(string Text, string Language)>> _texts = new(StringComparer.Ordinal);
    private int _blankNodes;

    /// <summary>A name for a blank node that the file does not name.</summary>
    public string NewBlankNode() => BlankNode($"{_blankNodes++}");

    /// <summary>The name of the blank node that a file calls so.</summary>
    public static string NamedBlankNode(string name) => BlankNode("_" + name);

    /// <param name="subject">An IRI or a blank node, which may be a name but never a concept.</param>
    public void Add(string subject, string predicate, string value)
    {
        if (SkosTerms.OfText(predicate) is { } naming)
            _namings.Add((subject, naming, value));
        if (IsBlankNode(subject) || IsBlankNode(value))
            return;
        if (predicate == SkosTerms.Type && value == SkosTerms.Concept)
            Of(subject).IsConcept = true;
        else if (predicate == SkosTerms.Broader)
            Of(subject).Parents.Add(value);
        else if (predicate == SkosTerms.Narrower)
            Of(value).Parents.Add(subject);
    }

    /// <inheritdoc cref="Add"/>
    public void AddText(string subject, string predicate, string text, string language)
    {
        if (predicate == SkosTerms.LiteralForm)
        {
            if (!_texts.TryGetValue(subject, out var texts))
                _texts.Add(subject, texts = []);
            texts.Add((text, language));
        }

        if (IsBlankNode(subject))
            return;
        if (predicate == SkosTerms.Deprecated)
            Of(subject).IsDeprecated = text is "true" or "1";
        if (predicate is not (SkosTerms.PreferredLabel or SkosTerms.AlternativeLabel or SkosTerms.HiddenLabel or SkosTerms.AnyName))
            return;
        var name = new SkosName(LabelText.Normalize(text), language.ToLowerInvariant());
        if (name.Text.Length == 0)
            return;
        var concept = Of(subject);
        (predicate switch { SkosTerms.PreferredLabel => concept.PreferredNames, SkosTerms.AnyName => concept.AnyNames, _ => concept.OtherNames }).Add(name);
    }

    /// <summary>The concepts as labels, in the order in which the file first names them.</summary>
    /// <param name="languages">Of the names, the most wanted first; names without a language count as well. Empty takes every language, that of the most concepts first.</param>
    /// <exception cref="LightDxmlException">There are no concepts, or none has a name in the languages.</exception>
    public List<LabelEntry> ToEntries(string path, IReadOnlyList<string> languages)
    {
        foreach (var (subject, predicate, name) in _namings)
        {
            foreach (var (text, language) in _texts.GetValueOrDefault(name) ?? [])
                AddText(subject, predicate, text, language);
        }

        var concepts = _concepts.Where(concept => concept.IsConcept).ToList();
        if (concepts.Count == 0)
            throw new LightDxmlException($"{path}: there is no skos:Concept in it, expected a SKOS vocabulary.");
        foreach (var concept in concepts.Where(concept => concept.PreferredNames.Count == 0))
            concept.PreferredNames.AddRange(concept.AnyNames);
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

    private static string BlankNode(string name) => "_:" + name;

    private static bool IsBlankNode(string id) => id.StartsWith("_:", StringComparison.Ordinal);

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
