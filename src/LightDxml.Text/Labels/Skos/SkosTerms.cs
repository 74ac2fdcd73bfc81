namespace LightDxml.Text.Skos;

/// <summary>The words of SKOS and RDF that a vocabulary is read by.</summary>
internal static class SkosTerms
{
    public const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    public const string Type = Rdf + "type";

    private const string Skos = "http://www.w3.org/2004/02/skos/core#";

    public const string Concept = Skos + "Concept", PreferredLabel = Skos + "prefLabel", AlternativeLabel = Skos + "altLabel", HiddenLabel = Skos + "hiddenLabel",
        Broader = Skos + "broader", Narrower = Skos + "narrower";

    public const string AnyName = "http://www.w3.org/2000/01/rdf-schema#label", Deprecated = "http://www.w3.org/2002/07/owl#deprecated";

    private const string SkosXl = "http://www.w3.org/2008/05/skos-xl#";

    /// <summary>The text of a name that is a thing of its own (SKOS-XL).</summary>
    public const string LiteralForm = SkosXl + "literalForm";

    /// <summary>What names a thing by another thing instead of a text: the same property with a text; null for any other property.</summary>
    public static string? OfText(string property) => property.StartsWith(SkosXl, StringComparison.Ordinal) && property[SkosXl.Length..] is "prefLabel" or "altLabel" or "hiddenLabel"
        ? Skos + property[SkosXl.Length..]
        : null;
}
