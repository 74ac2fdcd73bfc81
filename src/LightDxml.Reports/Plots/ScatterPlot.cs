using System.Globalization;
using LightDxml.Reports.Html;

namespace LightDxml.Reports.Plots;

/// <summary>
/// Named points over two axes, as an SVG file of its own. Points that no other one beats on both axes are filled. A point whose y is below 60
/// percent of the greatest would press the others together: it is named in a line of text instead.
/// </summary>
/// <param name="XRises">Whether more is better on the x axis, as it is on the y axis; otherwise less is.</param>
internal sealed record ScatterPlot(string Title, string Description, string XLabel, string YLabel, bool XRises, IReadOnlyList<ScatterPoint> Points)
{
    private const int Height = 380;
    private const int NoteLine = 15;
    private const double LeastShare = 0.6;
    private const int NamesInALine = 4;

    private const string Style =
        "svg{font-family:system-ui,sans-serif;font-size:11.5px;background:#fff}text{fill:#55617a}.label,.name{fill:#1c2434}.grid{stroke:#e3e7ef}.axis{stroke:#8a94a8}"
        + ".point{fill:#fff;stroke:#43609c;stroke-width:1.5}.front{fill:#43609c}"
        + "@media(prefers-color-scheme:dark){svg{background:#141a26}text{fill:#a5b0c7}.label,.name{fill:#eef2fa}.grid{stroke:#2b3447}.point{fill:#141a26;stroke:#8fa9dd}.front{fill:#8fa9dd}}";

    /// <summary>Whether the x axis has powers of ten; its values are greater than 0 then.</summary>
    public bool HasPowersOfTen { get; init; }

    public string Draw()
    {
        var best = Points.Select(point => point.Y).DefaultIfEmpty(0).Max();
        var shown = Points.Where(point => point.Y >= LeastShare * best).ToList();
        var left = Points.Except(shown).Select(point => point.Name).Chunk(NamesInALine).Select(names => string.Join(", ", names)).ToList();
        var frame = new Frame("plot", Title, Description, Height, Style);
        var x = HasPowersOfTen ? Powers(shown) : Axis.Around(shown.Select(At), Frame.Left, Frame.Right, 0, double.MaxValue);
        var y = Axis.Around(shown.Select(point => point.Y), frame.Bottom, Frame.Top, 0, double.MaxValue);
        frame.XAxis(x, XLabel, tick => Number(HasPowersOfTen ? Math.Pow(10, tick) : tick));
        frame.YAxis(y, YLabel, Number);
        frame.BaseLine();
        var labels = new LabelPlaces(Frame.Left, Frame.Right, Frame.Top, frame.Bottom);
        foreach (var point in shown)
            labels.Occupy(x.At(At(point)), y.At(point.Y));
        var circles = new HtmlBuilder();
        foreach (var point in shown.OrderByDescending(point => point.Y))
        {
            var (atX, atY) = (x.At(At(point)), y.At(point.Y));
            var front = shown.Exists(other => Beats(other, point)) ? "" : " front";
            circles.Add($"""<circle class="point{front}" cx="{atX:0.#}" cy="{atY:0.#}" r="4"><title>{point.Name}: {Number(point.X)}, {Number(point.Y)}</title></circle>""");
            var place = labels.Take(atX, atY, point.Name);
            if (place.IsApart)
                frame.Svg.Add($"""<line class="axis" x1="{atX:0.#}" y1="{atY:0.#}" x2="{place.X:0.#}" y2="{place.Y - 4:0.#}"/>""");
            frame.Svg.Add($"""<text class="name" x="{place.X:0.#}" y="{place.Y:0.#}" text-anchor="{place.Anchor}">{point.Name}</text>""");
        }

        frame.Svg.AddMarkup(circles.ToMarkup().Html);
        for (var line = 0; line < left.Count; line++)
            frame.Svg.Add($"""<text class="tick" x="{Frame.Right}" y="{frame.Bottom - NoteLine / 2 - NoteLine * (left.Count - 1 - line)}" text-anchor="end">{(line == 0 ? "Below the plot: " : "")}{left[line]}</text>""");
        return frame.Close().Html;
    }

    private double At(ScatterPoint point) => HasPowersOfTen ? Math.Log10(point.X) : point.X;

    private bool Beats(ScatterPoint one, ScatterPoint other)
    {
        var (x, otherX) = XRises ? (one.X, other.X) : (-one.X, -other.X);
        return x >= otherX && one.Y >= other.Y && (x > otherX || one.Y > other.Y);
    }

    // From a power of ten to a power of ten, so that ticks are round.
    private PowerAxis Powers(List<ScatterPoint> points)
    {
        var (low, high) = (Math.Floor(points.Select(At).DefaultIfEmpty(0).Min()), Math.Ceiling(points.Select(At).DefaultIfEmpty(0).Max()));
        return new PowerAxis(low, Math.Max(high, low + 1), Frame.Left, Frame.Right);
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private sealed record PowerAxis(double Low, double High, double From, double To) : Axis(Low, High, From, To)
    {
        public override IEnumerable<double> Ticks(int count = 5)
        {
            for (var power = Low; power <= High; power++)
                yield return power;
        }
    }
}

/// <summary>A named point of a <see cref="ScatterPlot"/>.</summary>
internal sealed record ScatterPoint(string Name, double X, double Y)
{
    /// <summary>Without characters that XML does not know.</summary>
    public string Name { get; } = string.Concat(Name.Select(character => char.IsControl(character) ? '\uFFFD' : character));
}
