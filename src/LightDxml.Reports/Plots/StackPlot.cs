using LightDxml.Reports.Html;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Plots;

/// <summary>Lying bars made of parts, a bar a method: what each part contributes to a metric. The shade runs from head to tail.</summary>
/// <param name="Parts">Names of the parts.</param>
/// <param name="Values">[methods][parts]; they add up to the metric.</param>
internal sealed record StackPlot(
    string Id, string Title, string Description, IReadOnlyList<string> Methods, IReadOnlyList<string> Parts, IReadOnlyList<IReadOnlyList<double>> Values)
{
    private const int RowHeight = 50;

    public Markup Draw()
    {
        var frame = new Frame(Id, Title, Description, height: Frame.Top + RowHeight * Methods.Count + 40);
        var bottom = Frame.Top + RowHeight * Methods.Count;
        var x = new Axis(0, Math.Max(0.01, Values.Max(values => values.Sum()) * 1.02), 6, Frame.Right);
        foreach (var tick in x.Ticks())
        {
            frame.Svg.Add($"""<line class="grid" x1="{x.At(tick):0.#}" y1="{Frame.Top}" x2="{x.At(tick):0.#}" y2="{bottom}"/>""");
            frame.Svg.Add($"""<text class="tick" x="{x.At(tick):0.#}" y="{bottom + 15}" text-anchor="middle">{Axis.PercentText(tick)}</text>""");
        }

        for (var method = 0; method < Methods.Count; method++)
        {
            var top = Frame.Top + RowHeight * method;
            frame.Svg.Add($"""<text class="row" x="6" y="{top + 14}">{Shorten(Methods[method])}: {Figures.Percent(Values[method].Sum())}</text>""");
            var sum = 0.0;
            for (var part = 0; part < Parts.Count; part++)
            {
                var value = Values[method][part];
                var (from, to) = (x.At(sum), x.At(sum + value));
                sum += value;
                if (value > 0)
                {
                    frame.Svg.Add(
                        $"""<rect class="part p{Shade(part)}" x="{from:0.##}" y="{top + 20}" width="{to - from:0.##}" height="{RowHeight - 28}"><title>{Methods[method]}, {Parts[part]}: {Figures.Percent(value)}</title></rect>""");
                }
            }
        }

        return frame.Close();
    }

    /// <summary>The legend of the shades.</summary>
    public Markup Legend()
    {
        var html = new HtmlBuilder();
        html.AddMarkup("<ul class=\"legend\">");
        for (var part = 0; part < Parts.Count; part++)
            if (Values.Any(values => values[part] > 0))
                html.Add($"""<li><svg viewBox="0 0 14 14" aria-hidden="true"><rect class="part p{Shade(part)}" width="14" height="14"/></svg>{Parts[part]}</li>""");
        html.AddMarkup("</ul>");
        return html.ToMarkup();
    }

    // Eleven shades from head to tail, whatever the number of parts.
    private int Shade(int part) => Parts.Count <= 1 ? 0 : part * 10 / (Parts.Count - 1);

    private static string Shorten(string name) => PlainNames.Of(name, longest: 40);
}
