using LightDxml.Reports.Html;

namespace LightDxml.Reports.Plots;

/// <summary>What all plots share: size, title, axes. Colours and fonts come from the page's style sheet, so that they follow its theme.</summary>
internal sealed class Frame
{
    public const int Left = 52;
    public const int Right = 468;
    public const int Top = 14;
    private const int Width = 480;
    private readonly HtmlBuilder _svg = new();
    private readonly int _height;

    /// <param name="id">Unique on the page.</param>
    /// <param name="title">What it is, for those who do not see it.</param>
    /// <param name="description">What it shows, likewise.</param>
    /// <param name="style">For a file of its own, which no page gives colours and fonts: its style sheet.</param>
    public Frame(string id, string title, string description, int height = 320, string? style = null)
    {
        _height = height;
        var space = new Markup(style is null ? "" : "xmlns=\"http://www.w3.org/2000/svg\" ");
        _svg.Add($"""<svg {space}class="plot" viewBox="0 0 {Width} {height}" role="img" aria-labelledby="{id}-title {id}-text">""");
        if (style is not null)
            _svg.AddMarkup($"<style>{style}</style>");
        _svg.Add($"""<title id="{id}-title">{title}</title><desc id="{id}-text">{description}</desc>""");
    }

    public int Bottom => _height - 48;

    public HtmlBuilder Svg => _svg;

    public void XAxis(Axis axis, string label, Func<double, string> text, bool grid = true)
    {
        foreach (var tick in axis.Ticks())
        {
            if (grid)
                _svg.Add($"""<line class="grid" x1="{axis.At(tick):0.#}" y1="{Top}" x2="{axis.At(tick):0.#}" y2="{Bottom}"/>""");
            _svg.Add($"""<text class="tick" x="{axis.At(tick):0.#}" y="{Bottom + 17}" text-anchor="middle">{text(tick)}</text>""");
        }

        XLabel(label);
    }

    public void XLabel(string label) => _svg.Add($"""<text class="label" x="{(Left + Right) / 2}" y="{_height - 9}" text-anchor="middle">{label}</text>""");

    public void YAxis(Axis axis, string label, Func<double, string> text)
    {
        foreach (var tick in axis.Ticks())
        {
            _svg.Add($"""<line class="grid" x1="{Left}" y1="{axis.At(tick):0.#}" x2="{Right}" y2="{axis.At(tick):0.#}"/>""");
            _svg.Add($"""<text class="tick" x="{Left - 7}" y="{axis.At(tick) + 4:0.#}" text-anchor="end">{text(tick)}</text>""");
        }

        _svg.Add($"""<text class="label" transform="translate(13 {(Top + Bottom) / 2}) rotate(-90)" text-anchor="middle">{label}</text>""");
    }

    public void BaseLine() => _svg.Add($"""<line class="axis" x1="{Left}" y1="{Bottom}" x2="{Right}" y2="{Bottom}"/>""");

    public Markup Close()
    {
        _svg.AddMarkup("</svg>");
        return _svg.ToMarkup();
    }
}
