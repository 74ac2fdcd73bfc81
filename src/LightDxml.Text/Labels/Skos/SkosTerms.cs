namespace LightDxml.Text.Skos;

/// <summary>The words of SKOS and RDF that a vocabulary is read by.</summary>
internal static class SkosTerms
{
    public const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    public const string Type = Rdf + "type";

    private const string Skos = "http://www.w3.org/2004/02/skos/core#";

    public const string Concept = Skos + "Concept", PreferredLabel = Skos + "prefLabel", AlternativeLabel = Skos + "altLabel", HiddenLabel = Skos + "hiddenLabel",
        Broader = Skos + "broader", Narrower = Skos + "narrower";
}
