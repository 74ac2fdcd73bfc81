using System.Text;
using LightDxml.Data;
using LightDxml.Data.Compression;
using LightDxml.Text.Reading;

namespace LightDxml.Text.Skos;

/// <summary>Vocabularies of SKOS as labels files: Turtle, which N-Triples is a part of, and RDF/XML.</summary>
internal static class SkosFile
{
    private const int StartBytes = 1 << 14;

    private enum Form
    {
        Turtle,
        RdfXml,
    }

    /// <summary>Whether name or first bytes tell such a vocabulary.</summary>
    /// <exception cref="LightDxmlException">The file is missing or cannot be read.</exception>
    public static bool Recognizes(string path) => FormOf(path) is not null;

    /// <summary>The labels of a vocabulary.</summary>
    /// <param name="languages">Of names, the most wanted first; empty takes all.</param>
    /// <exception cref="DataFormatException">The first line that is not what the form promises.</exception>
    /// <exception cref="LightDxmlException">The file cannot be read, or has no concepts.</exception>
    public static List<LabelEntry> Read(string path, IReadOnlyList<string> languages)
    {
        var vocabulary = new SkosVocabulary();
        if (FormOf(path) == Form.RdfXml)
            RdfXmlReader.Read(path, vocabulary);
        else
            TurtleReader.Read(path, vocabulary);
        return vocabulary.ToEntries(path, languages);
    }

    private static Form? FormOf(string path) => Path.GetExtension(CompressedFile.NameWithoutCompression(path)).ToUpperInvariant() switch
    {
        ".TTL" or ".TURTLE" or ".NT" => Form.Turtle,
        ".RDF" or ".XML" or ".OWL" => Form.RdfXml,
        ".JSONL" or ".NDJSON" => null,
        _ => OfStart(Start(path)),
    };

    private static Form? OfStart(string start)
    {
        var text = start.AsSpan().TrimStart();
        if (text.StartsWith("<?xml", StringComparison.Ordinal) || text.StartsWith("<rdf:RDF", StringComparison.Ordinal))
            return Form.RdfXml;
        while (text.StartsWith('#'))
            text = text.IndexOf('\n') is >= 0 and var end ? text[end..].TrimStart() : [];
        string[] directives = ["@prefix ", "@base ", "PREFIX ", "BASE "];
        foreach (var directive in directives)
        {
            if (text.StartsWith(directive, directive[0] == '@' ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase) && text[directive.Length..].Contains('<'))
                return Form.Turtle;
        }

        // A vocabulary of Annif begins with <uri> and a name, N-Triples with <uri> <uri>.
        return text.StartsWith('<') && text.IndexOf('>') is >= 0 and var close && text[(close + 1)..].TrimStart(" \t").StartsWith("<http", StringComparison.Ordinal) ? Form.Turtle : null;
    }

    private static string Start(string path)
    {
        using var stream = TextStream.Open(path, new TextReadOptions());
        var start = new byte[StartBytes];
        try
        {
            return Encoding.UTF8.GetString(start, 0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        }
        catch (InvalidDataException exception)
        {
            throw new DataFormatException(path, 0, exception.Message);
        }
    }
}
