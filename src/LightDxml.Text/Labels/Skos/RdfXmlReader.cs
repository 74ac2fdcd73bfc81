using System.Xml;
using LightDxml.Data;
using LightDxml.Data.Compression;

namespace LightDxml.Text.Skos;

/// <summary>Reads the statements of an RDF/XML file: elements that are things, and in them elements that are their properties.</summary>
internal sealed class RdfXmlReader
{
    /// <summary>Elements within each other; deeper ones are no vocabulary.</summary>
    private const int MostDepth = 64;

    private readonly string _file;
    private readonly XmlReader _xml;
    private readonly SkosVocabulary _vocabulary;
    private string? _base;

    private RdfXmlReader(string file, XmlReader xml, SkosVocabulary vocabulary) => (_file, _xml, _vocabulary) = (file, xml, vocabulary);

    /// <exception cref="DataFormatException">The first line that is no RDF/XML, or a document type.</exception>
    public static void Read(string path, SkosVocabulary vocabulary)
    {
        using var stream = CompressedFile.OpenRead(path);
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };
        try
        {
            using var xml = XmlReader.Create(stream, settings);
            new RdfXmlReader(path, xml, vocabulary).Document();
        }
        catch (InvalidDataException exception)
        {
            throw new DataFormatException(path, 0, exception.Message);
        }
    }

    private void Document()
    {
        try
        {
            _xml.MoveToContent();
            if (!IsRdf("RDF"))
                throw Fault($"found the element {_xml.Name}, expected rdf:RDF");
            InItsBase(() => ForEachElement(() => Node()));
            while (_xml.Read())
                continue;
        }
        catch (XmlException exception)
        {
            throw Fault(exception.Message.Contains("DTD", StringComparison.Ordinal)
                ? "found a document type (<!DOCTYPE), expected XML without one: the entities that it declares may be endless, so none are read"
                : $"found what is not XML: {exception.Message}");
        }
    }

    /// <summary>Reads the element at hand as a thing, with what is said of it.</summary>
    /// <returns>Its IRI, or a blank node.</returns>
    private string Node()
    {
        if (_xml.Depth > MostDepth)
            throw Fault($"found elements that are more than {MostDepth} deep within each other");
        var id = Attribute("about") is { } about ? Iri(about) : Attribute("ID") is { } name ? Iri("#" + name)
            : Attribute("nodeID") is { } node ? SkosVocabulary.NamedBlankNode(node) : _vocabulary.NewBlankNode();
        if (!IsRdf("Description"))
            _vocabulary.Add(id, SkosTerms.Type, _xml.NamespaceURI + _xml.LocalName);
        Attributes(id);
        ForEachElement(() => Property(id));
        return id;
    }

    /// <summary>Properties of a thing that are written as attributes.</summary>
    private void Attributes(string subject)
    {
        var language = _xml.XmlLang;
        while (_xml.MoveToNextAttribute())
        {
            var predicate = _xml.NamespaceURI + _xml.LocalName;
            if (predicate == SkosTerms.Type)
                _vocabulary.Add(subject, predicate, _xml.Value);
            else
                _vocabulary.AddText(subject, predicate, _xml.Value, language);
        }

        _xml.MoveToElement();
    }

    /// <summary>A property: a text, a thing by its name, or the thing itself.</summary>
    private void Property(string subject)
    {
        var predicate = _xml.NamespaceURI + _xml.LocalName;
        if (Attribute("resource") is { } resource)
            _vocabulary.Add(subject, predicate, Iri(resource));
        else if (Attribute("nodeID") is { } node)
            _vocabulary.Add(subject, predicate, SkosVocabulary.NamedBlankNode(node));
        switch (Attribute("parseType"))
        {
            case "Literal":
                Skip();
                return;
            case "Resource":
                var thing = _vocabulary.NewBlankNode();
                _vocabulary.Add(subject, predicate, thing);
                ForEachElement(() => Property(thing));
                return;
        }

        var language = _xml.XmlLang;
        var hasThings = false;
        var text = ForEachElement(() =>
        {
            hasThings = true;
            _vocabulary.Add(subject, predicate, Node());
        });
        if (!hasThings)
            _vocabulary.AddText(subject, predicate, text, language);
    }

    private void Skip()
    {
        var depth = _xml.Depth;
        if (!_xml.IsEmptyElement)
        {
            while (_xml.Read() && _xml.Depth > depth)
                continue;
        }
    }

    /// <summary>Reads the content of the element at hand, and stops on its end.</summary>
    /// <param name="read">Reads an element in it, and stops on that one's end.</param>
    /// <returns>The text in it.</returns>
    private string ForEachElement(Action read)
    {
        if (_xml.Depth > MostDepth)
            throw Fault($"found elements that are more than {MostDepth} deep within each other");
        if (_xml.IsEmptyElement)
            return "";
        var text = "";
        while (_xml.Read() && _xml.NodeType != XmlNodeType.EndElement)
        {
            if (_xml.NodeType == XmlNodeType.Element)
                InItsBase(read);
            else if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                text += _xml.Value;
        }

        return text;
    }

    /// <summary>Reads the element at hand by the base that it names.</summary>
    private void InItsBase(Action read)
    {
        var outer = _base;
        if (_xml.GetAttribute("xml:base") is { } inner)
            _base = Iri(inner);
        read();
        _base = outer;
    }

    private bool IsRdf(string name) => _xml.NamespaceURI == SkosTerms.Rdf && _xml.LocalName == name;

    private string? Attribute(string name) => _xml.GetAttribute(name, SkosTerms.Rdf);

    private string Iri(string iri) => IriText.Resolve(iri, _base);

    private DataFormatException Fault(string fault) => new(_file, (_xml as IXmlLineInfo)?.LineNumber ?? 0, fault);
}
