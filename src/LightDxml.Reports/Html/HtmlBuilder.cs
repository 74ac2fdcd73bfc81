using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace LightDxml.Reports.Html;

/// <summary>
/// Builds HTML from interpolated strings: what stands in the string is markup, what is filled in is data and is escaped. So
/// a label name cannot become markup by being forgotten.
/// </summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder _text = new();

    public HtmlBuilder Add([InterpolatedStringHandlerArgument("")] ref Handler markup)
    {
        _ = markup;
        _text.Append('\n');
        return this;
    }

    /// <summary>Text without holes.</summary>
    public HtmlBuilder AddMarkup(string markup)
    {
        _text.Append(markup).Append('\n');
        return this;
    }

    public Markup ToMarkup() => new(_text.ToString());

    public override string ToString() => _text.ToString();

    /// <summary>Escaped for text and for attributes in double quotes.</summary>
    public static string Escape(string? text) => WebUtility.HtmlEncode(text) ?? "";

    /// <summary>A name from the data: isolated, so that its writing direction stays its own.</summary>
    public static Markup Name(string name) => new($"<bdi>{Escape(name)}</bdi>");

    [InterpolatedStringHandler]
    internal readonly ref struct Handler
    {
        private readonly StringBuilder _text;

        public Handler(int literalLength, int formattedCount, HtmlBuilder builder)
        {
            _ = literalLength + formattedCount;
            _text = builder._text;
        }

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(Markup markup) => _text.Append(markup.Html);

        public void AppendFormatted(string? text) => _text.Append(Escape(text));

        public void AppendFormatted<T>(T value)
            where T : IFormattable => AppendFormatted(value, format: null);

        public void AppendFormatted<T>(T value, string? format)
            where T : IFormattable => _text.Append(Escape(value.ToString(format, CultureInfo.InvariantCulture)));
    }
}
