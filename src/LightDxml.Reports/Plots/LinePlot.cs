using System.Globalization;
using LightDxml.Reports.Html;

namespace LightDxml.Reports.Plots;

/// <summary>Lines over two numeric axes.</summary>
internal sealed record LinePlot(string Id, string Title, string Description, string XLabel, string YLabel, IReadOnlyList<Series> Series)
{
    public Func<double, string> XText { get; init; } = Axis.PercentText;

    /// <summary>Bounds of the x axis; null fits it to the points.</summary>
    public (double Low, double High)? XRange { get; init; }

    public (double Low, double High)? YRange { get; init; }

    /// <summary>Whether the x values are few and named themselves, as ranks are.</summary>
    public bool XTicksAtPoints { get; init; }

    /// <summary>Whether to draw y = x.</summary>
    public bool HasDiagonal { get; init; }

    public Markup Draw()
    {
        var frame = new Frame(Id, Title, Description);
        var points = Series.SelectMany(series => series.Points).ToList();
        var x = XRange is { } xs ? new Axis(xs.Low, xs.High, Frame.Left, Frame.Right) : Axis.Around(points.Select(point => point.X), Frame.Left, Frame.Right, double.MinValue, double.MaxValue);
        var y = YRange is { } ys ? new Axis(ys.Low, ys.High, frame.Bottom, Frame.Top) : Axis.Around(points.Select(point => point.Y), frame.Bottom, Frame.Top);
        frame.YAxis(y, YLabel, Axis.PercentText);
        if (XTicksAtPoints)
        {
            foreach (var at in points.Select(point => point.X).Distinct())
                frame.Svg.Add($"""<text class="tick" x="{x.At(at):0.#}" y="{frame.Bottom + 17}" text-anchor="middle">{XText(at)}</text>""");
            frame.XLabel(XLabel);
        }
        else
        {
            frame.XAxis(x, XLabel, XText);
        }

        frame.BaseLine();
        if (HasDiagonal)
            frame.Svg.Add($"""<line class="diagonal" x1="{x.At(0):0.#}" y1="{y.At(0):0.#}" x2="{x.At(1):0.#}" y2="{y.At(1):0.#}"/>""");
        foreach (var series in Series)
            Draw(frame, series, x, y);
        return frame.Close();
    }

    private static void Draw(Frame frame, Series series, Axis x, Axis y)
    {
        var path = string.Join('L', series.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{x.At(point.X):0.#},{y.At(point.Y):0.#}")));
        var dash = series.IsDashed ? " dashed" : "";
        if (series.Points.Count > 1)
            frame.Svg.Add($"""<path class="line{dash} {Markers.Class(series.Colour)}" d="M{path}"/>""");
        if (!series.HasMarkers)
            return;
        foreach (var point in series.Points)
            frame.Svg.Add($"{Markers.At(x.At(point.X), y.At(point.Y), series.Colour, $"{series.Name}, {point.Text}")}");
    }
}
