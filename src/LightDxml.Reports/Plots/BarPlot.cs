using LightDxml.Reports.Html;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Plots;

/// <summary>Groups of bars, one group a category and one bar a method, over an axis from 0.</summary>
/// <param name="Values">[methods][categories] in 0..1; null for no bar.</param>
internal sealed record BarPlot(
    string Id, string Title, string Description, string XLabel, string YLabel,
    IReadOnlyList<string> Categories, IReadOnlyList<string> Methods, IReadOnlyList<IReadOnlyList<double?>> Values)
{
    public Markup Draw()
    {
        var frame = new Frame(Id, Title, Description, height: 340);
        // Names of categories stand aslant and want room.
        var bottom = frame.Bottom - 26;
        var most = Values.SelectMany(values => values).Max() ?? 0;
        var y = new Axis(0, Math.Min(1, Math.Max(0.01, most * 1.06)), bottom, Frame.Top);
        frame.YAxis(y, YLabel, Axis.PercentText);
        var slot = (double)(Frame.Right - Frame.Left) / Categories.Count;
        var bar = slot * 0.8 / Methods.Count;
        for (var category = 0; category < Categories.Count; category++)
        {
            var left = Frame.Left + slot * category + slot * 0.1;
            for (var method = 0; method < Methods.Count; method++)
            {
                if (Values[method][category] is not { } value)
                    continue;
                frame.Svg.Add(
                    $"""<rect class="bar {Markers.Class(method)}" x="{left + bar * method:0.##}" y="{y.At(value):0.##}" width="{Math.Max(0.5, bar - 1):0.##}" height="{bottom - y.At(value):0.##}"><title>{Methods[method]}, {Categories[category]}: {Figures.Percent(value)} %</title></rect>""");
            }

            var middle = left + slot * 0.4;
            frame.Svg.Add($"""<text class="tick" transform="translate({middle + 4:0.#} {bottom + 13}) rotate(-30)" text-anchor="end">{Categories[category]}</text>""");
        }

        frame.Svg.Add($"""<line class="axis" x1="{Frame.Left}" y1="{bottom}" x2="{Frame.Right}" y2="{bottom}"/>""");
        frame.XLabel(XLabel);
        return frame.Close();
    }
}
