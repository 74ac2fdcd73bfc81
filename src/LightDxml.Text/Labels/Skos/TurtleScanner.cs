using System.Globalization;
using System.Text;
using LightDxml.Data;

namespace LightDxml.Text.Skos;

/// <summary>Cuts Turtle into words, line by line.</summary>
/// <param name="lines">Text in which <see cref="Undecodable"/> stands for bytes that are not UTF-8.</param>
internal sealed class TurtleScanner(TextReader lines, string file)
{
    /// <summary>No character of any text.</summary>
    public const char Undecodable = '\uFFFF';

    /// <summary>More is no name, but a quote that was never closed.</summary>
    private const int MostText = 1 << 24;

    private const string Marks = ".;,[]()", LocalEscapes = "_~.-!$&'()*+,;=/?#@%";

    private string _line = "";
    private int _at;
    private long _number;

    private char Current => _at < _line.Length ? _line[_at] : '\0';

    /// <exception cref="DataFormatException">What comes next is no word of Turtle.</exception>
    public TurtleToken Next()
    {
        do
        {
            while (Current is ' ' or '\t')
                _at++;
            if (_at < _line.Length && Current != '#')
                return Token();
        }
        while (Advance());
        return new TurtleToken(TurtleKind.End, "", _number);
    }

    private bool Advance()
    {
        if (lines.ReadLine() is not { } line)
            return false;
        (_line, _at) = (line, 0);
        _number++;
        if (line.Contains(Undecodable, StringComparison.Ordinal))
            throw Fault("found text that is not UTF-8, as Turtle is");
        return true;
    }

    private TurtleToken Token()
    {
        var next = _at + 1 < _line.Length ? _line[_at + 1] : '\0';
        switch (Current)
        {
            case '<':
                return Iri();
            case '"' or '\'':
                return Quoted();
            case '@':
                return Tag();
            case '^' when next == '^':
                _at += 2;
                return Of(TurtleKind.Mark, "^^");
            case '_' when next == ':':
                _at += 2;
                return Of(TurtleKind.Blank, Name());
            case '.' when char.IsAsciiDigit(next):
                return Number();
            case var mark when Marks.Contains(mark, StringComparison.Ordinal):
                _at++;
                return Of(TurtleKind.Mark, mark.ToString());
            case var digit when char.IsAsciiDigit(digit) || digit is '+' or '-':
                return Number();
            default:
                var name = Name();
                return name.Length > 0
                    ? Of(name.Contains(':', StringComparison.Ordinal) ? TurtleKind.Name : TurtleKind.Word, name)
                    : throw Fault($"found '{Current}', expected a word of Turtle");
        }
    }

    private TurtleToken Iri()
    {
        var iri = new StringBuilder();
        for (_at++; Current != '>'; _at++)
        {
            if (_at >= _line.Length)
                throw Fault($"found <{iri} without its >");
            if (Current == '\\')
                Unescape(iri, inIri: true);
            else
                iri.Append(Current is <= ' ' or '<' or '"' or '{' or '}' or '|' or '^' or '`' ? throw Fault($"found '{Current}' in <{iri}, expected > before it") : Current);
        }

        _at++;
        return Of(TurtleKind.Iri, iri.ToString());
    }

    /// <summary>A text in one or three quotes of a kind; only in three it may go over lines.</summary>
    private TurtleToken Quoted()
    {
        var (quote, line) = (Current, _number);
        var isLong = _line.AsSpan(_at).StartsWith(new string(quote, 3));
        var end = new string(quote, isLong ? 3 : 1);
        var text = new StringBuilder();
        _at += end.Length;
        while (!_line.AsSpan(_at).StartsWith(end))
        {
            if (_at < _line.Length)
            {
                if (Current == '\\')
                    Unescape(text, inIri: false);
                else
                    text.Append(Current);
                _at++;
            }
            else if (!isLong || text.Length > MostText || !Advance())
            {
                throw new DataFormatException(file, line, $"found a text without its closing {end}");
            }
            else
            {
                text.Append('\n');
            }
        }

        _at += end.Length;
        // A long text may end in quotes of its own.
        while (isLong && Current == quote)
        {
            text.Append(quote);
            _at++;
        }

        return new TurtleToken(TurtleKind.Text, text.ToString(), line);
    }

    /// <summary>Appends what an escape stands for, and stays on its last character.</summary>
    private void Unescape(StringBuilder text, bool inIri)
    {
        _at++;
        var digits = Current switch { 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            var hex = _line.AsSpan(Math.Min(_line.Length, _at + 1), Math.Min(digits, Math.Max(0, _line.Length - _at - 1)));
            if (hex.Length < digits || !uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
                throw Fault($"found \\{Current}{hex}, expected the {digits} hexadecimal digits of a character");
            text.Append(new Rune(code));
            _at += digits;
            return;
        }

        text.Append(Current switch
        {
            't' when !inIri => '\t',
            'b' when !inIri => '\b',
            'n' when !inIri => '\n',
            'r' when !inIri => '\r',
            'f' when !inIri => '\f',
            '"' or '\'' or '\\' when !inIri => Current,
            _ => throw Fault($"found the escape \\{(_at < _line.Length ? Current : ' ')}, which Turtle does not have here"),
        });
    }

    private TurtleToken Tag()
    {
        var start = ++_at;
        while (char.IsAsciiLetterOrDigit(Current) || Current == '-' && _at > start)
            _at++;
        return _at > start ? Of(TurtleKind.Tag, _line[start.._at]) : throw Fault("found @ without a language or directive");
    }

    private TurtleToken Number()
    {
        var start = _at++;
        while (char.IsAsciiDigit(Current) || Current is '.' or 'e' or 'E' || Current is '+' or '-' && _line[_at - 1] is 'e' or 'E')
            _at++;
        if (_line[_at - 1] == '.')
            _at--;
        return double.TryParse(_line.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? Of(TurtleKind.Number, _line[start.._at])
            : throw Fault($"found '{_line[start.._at]}', expected a number");
    }

    private string Name()
    {
        var name = new StringBuilder();
        var isDotted = 0;
        for (; _at < _line.Length; _at++)
        {
            if (Current == '\\' && _at + 1 < _line.Length && LocalEscapes.Contains(_line[_at + 1], StringComparison.Ordinal))
                _at++;
            else if (!(char.IsLetterOrDigit(Current) || Current is '_' or '-' or '.' or ':' or '%' || Current >= 0x80))
                break;
            isDotted = Current == '.' && _line[_at - 1] != '\\' ? isDotted + 1 : 0;
            name.Append(Current);
        }

        // Dots at the end are those of statements.
        _at -= isDotted;
        return name.ToString(0, name.Length - isDotted);
    }

    private TurtleToken Of(TurtleKind kind, string text) => new(kind, text, _number);

    private DataFormatException Fault(string fault) => new(file, _number, fault);
}
