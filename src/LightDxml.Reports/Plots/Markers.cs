using System.Globalization;
using LightDxml.Reports.Html;

namespace LightDxml.Reports.Plots;

/// <summary>Marks of points; every method has a shape of its own, so that colour is not the only difference.</summary>
internal static class Markers
{
    public const int Colours = 8;

    private static readonly string[] Shapes =
    [
        "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z",
        "M-3.6,-3.6h7.2v7.2h-7.2z",
        "M0,-4.8L4.6,3.6H-4.6z",
        "M0,-5L5,0L0,5L-5,0z",
        "M0,4.8L4.6,-3.6H-4.6z",
        "M-1.5,-4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z",
        "M-5,-2.5h10v5h-10z",
        "M-2.5,-5h5v10h-5z",
    ];

    public static string Class(int colour) => string.Create(CultureInfo.InvariantCulture, $"s{colour % Colours}");

    public static Markup At(double x, double y, int colour, string? tip = null) => tip is null
        ? new HtmlBuilder().Add($"""<path class="mark {Class(colour)}" transform="translate({x:0.#} {y:0.#})" d="{Shapes[colour % Colours]}"/>""").ToMarkup()
        : new HtmlBuilder().Add($"""<path class="mark {Class(colour)}" transform="translate({x:0.#} {y:0.#})" d="{Shapes[colour % Colours]}"><title>{tip}</title></path>""").ToMarkup();

    /// <summary>Names of methods with their marks, above a plot.</summary>
    public static Markup Legend(IEnumerable<(string Name, int Colour)> entries)
    {
        var html = new HtmlBuilder();
        html.AddMarkup("<ul class=\"legend\">");
        foreach (var (name, colour) in entries)
            html.Add($"""<li><svg viewBox="-7 -7 14 14" aria-hidden="true">{At(0, 0, colour)}</svg>{HtmlBuilder.Name(name)}</li>""");
        html.AddMarkup("</ul>");
        return html.ToMarkup();
    }
}
