using System.Text;
using LightDxml.Data;
using LightDxml.Text.Reading;

namespace LightDxml.Text.Skos;

/// <summary>Reads the statements of a Turtle file.</summary>
internal sealed class TurtleReader
{
    /// <summary>Blank nodes and lists within each other; deeper ones are no vocabulary.</summary>
    private const int MostDepth = 64;

    private readonly Dictionary<string, string> _prefixes = new(StringComparer.Ordinal);
    private readonly string _file;
    private readonly TurtleScanner _scanner;
    private readonly SkosVocabulary _vocabulary;
    private TurtleToken _token;
    private string? _base;

    private TurtleReader(string file, TextReader lines, SkosVocabulary vocabulary)
    {
        (_file, _scanner, _vocabulary) = (file, new TurtleScanner(lines, file), vocabulary);
        Take();
    }

    /// <exception cref="DataFormatException">The first line that is no Turtle.</exception>
    public static void Read(string path, SkosVocabulary vocabulary)
    {
        var encoding = Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(TurtleScanner.Undecodable.ToString()));
        using var lines = new StreamReader(TextStream.Open(path, new TextReadOptions()), encoding, detectEncodingFromByteOrderMarks: false);
        try
        {
            var reader = new TurtleReader(path, lines, vocabulary);
            while (reader._token.Kind != TurtleKind.End)
                reader.Statement();
        }
        catch (InvalidDataException exception)
        {
            throw new DataFormatException(path, 0, exception.Message);
        }
    }

    private void Statement()
    {
        var isSparql = _token.Kind == TurtleKind.Word;
        if (_token.Kind == TurtleKind.Tag || isSparql)
        {
            var directive = Take();
            var isPrefix = IsDirective(directive, "prefix", isSparql);
            if (!isPrefix && !IsDirective(directive, "base", isSparql))
                throw Fault(directive, "the thing that a statement is about");
            if (isPrefix)
            {
                var prefix = Take(TurtleKind.Name, "a prefix and its colon, such as skos:");
                if (prefix.Text.IndexOf(':', StringComparison.Ordinal) != prefix.Text.Length - 1)
                    throw Fault(prefix, "a prefix that ends in its colon, such as skos:");
                _prefixes[prefix.Text[..^1]] = Iri(Take(TurtleKind.Iri, "an <iri>"));
            }
            else
            {
                _base = Iri(Take(TurtleKind.Iri, "an <iri>"));
            }

            if (!isSparql)
                TakeMark(".");
            return;
        }

        var isNode = _token.IsMark("[");
        var subject = Resource(depth: 0);
        if (!isNode || !_token.IsMark("."))
            Properties(subject, depth: 0);
        TakeMark(".");
    }

    private static bool IsDirective(TurtleToken token, string name, bool isSparql) =>
        token.Text.Equals(name, isSparql ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    /// <summary>What is said of a subject, up to the mark behind it.</summary>
    private void Properties(string subject, int depth)
    {
        while (true)
        {
            var predicate = _token is { Kind: TurtleKind.Word, Text: "a" } ? SkosTerms.Type : null;
            if (predicate is not null)
                Take();
            else
                predicate = _token.Kind is TurtleKind.Iri or TurtleKind.Name ? Iri(Take()) : throw Fault(_token, "a property");
            do
                Value(subject, predicate, depth);
            while (TryTakeMark(","));
            if (!TryTakeMark(";"))
                return;
            while (TryTakeMark(";"))
                continue;
            if (_token.IsMark(".") || _token.IsMark("]"))
                return;
        }
    }

    private void Value(string subject, string predicate, int depth)
    {
        switch (_token.Kind)
        {
            case TurtleKind.Text:
                var text = Take().Text;
                var language = _token.Kind == TurtleKind.Tag ? Take().Text : "";
                if (language.Length == 0 && TryTakeMark("^^"))
                    Iri(_token.Kind is TurtleKind.Iri or TurtleKind.Name ? Take() : throw Fault(_token, "the type of a text"));
                _vocabulary.AddText(subject, predicate, text, language);
                break;
            case TurtleKind.Number:
            case TurtleKind.Word when _token.Text is "true" or "false":
                _vocabulary.AddText(subject, predicate, Take().Text, "");
                break;
            default:
                _vocabulary.Add(subject, predicate, Resource(depth));
                break;
        }
    }

    private string Resource(int depth)
    {
        if (depth > MostDepth)
            throw new DataFormatException(_file, _token.Line, $"found more than {MostDepth} blank nodes and lists within each other");
        if (_token.Kind is TurtleKind.Iri or TurtleKind.Name)
            return Iri(Take());
        if (_token.Kind == TurtleKind.Blank)
            return SkosVocabulary.NamedBlankNode(Take().Text);
        var node = _vocabulary.NewBlankNode();
        if (TryTakeMark("["))
        {
            if (!_token.IsMark("]"))
                Properties(node, depth + 1);
            TakeMark("]");
        }
        else if (TryTakeMark("("))
        {
            while (!_token.IsMark(")"))
                Value(node, "", depth + 1);
            TakeMark(")");
        }
        else
        {
            throw Fault(_token, "an <iri>, a prefix:name, or a node");
        }

        return node;
    }

    private string Iri(TurtleToken token)
    {
        if (token.Kind != TurtleKind.Name)
            return IriText.Resolve(token.Text, _base);
        var colon = token.Text.IndexOf(':', StringComparison.Ordinal);
        var prefix = token.Text[..colon];
        return _prefixes.TryGetValue(prefix, out var start)
            ? start + token.Text[(colon + 1)..]
            : throw new DataFormatException(_file, token.Line, $"found '{token.Text}', but no @prefix before it says what {prefix}: stands for");
    }

    private TurtleToken Take()
    {
        var token = _token;
        _token = _scanner.Next();
        return token;
    }

    private TurtleToken Take(TurtleKind kind, string expected) => _token.Kind == kind ? Take() : throw Fault(_token, expected);

    private bool TryTakeMark(string mark)
    {
        if (!_token.IsMark(mark))
            return false;
        Take();
        return true;
    }

    private void TakeMark(string mark)
    {
        if (!TryTakeMark(mark))
            throw Fault(_token, $"'{mark}'");
    }

    private DataFormatException Fault(TurtleToken found, string expected) => new(_file, found.Line, $"found {found}, expected {expected}");
}
