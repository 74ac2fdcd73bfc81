using System.Globalization;
using System.Xml.Linq;
using LightDxml.Reports.Plots;

namespace LightDxml.Reports.Tests;

public sealed class ScatterPlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Front_OfCostAndAccuracy_IsWhatNoOtherBeats()
    {
        var drawn = Draw(xRises: false, new("cheap", 1, 70), new("good", 100, 90), new("dearer", 200, 90), new("worse", 100, 80));
        Assert.Equal(["cheap", "good"], Front(drawn));
    }

    [Fact]
    public void Front_OfTwoMetrics_IsWhatNoOtherBeats()
    {
        var drawn = Draw(xRises: true, new("head", 90, 40), new("tail", 80, 50), new("behind", 80, 40), new("twin", 90, 40));
        Assert.Equal(["head", "tail", "twin"], Front(drawn));
    }

    [Fact]
    public void Points_LieWhereTheirValuesAre()
    {
        var drawn = Draw(xRises: false, new("one", 1, 60), new("ten", 10, 70), new("hundred", 100, 80));
        double[] x = [.. Circles(drawn).Select(circle => Number(circle, "cx"))], y = [.. Circles(drawn).Select(circle => Number(circle, "cy"))];

        // Greatest first; powers of ten are equally far apart, and so are the y values.
        Assert.Equal(x[0] - x[1], x[1] - x[2], tolerance: 0.11);
        Assert.Equal(y[1] - y[0], y[2] - y[1], tolerance: 0.11);
        Assert.True(x[0] > x[1] && y[0] < y[1]);
    }

    [Fact]
    public void Point_FarBelowTheOthers_IsNamedBelowThePlot()
    {
        var drawn = Draw(xRises: false, new("a", 1, 60), new("b", 10, 70), new("most-frequent", 0.1, 8.35));
        Assert.Equal(2, Circles(drawn).Count());
        Assert.Contains(drawn.Descendants(Svg + "text"), text => text.Value == "Below the plot: most-frequent");
    }

    [Fact]
    public void Names_OfPointsAtTheSamePlace_DoNotCoverEachOther()
    {
        var drawn = Draw(xRises: false, [.. Enumerable.Range(0, 6).Select(i => new ScatterPoint($"method-{i}", 10 + i, 80 + 0.01 * i)), new("left", 1, 70), new("right", 1000, 90)]);
        var names = drawn.Descendants(Svg + "text").Where(text => (string?)text.Attribute("class") == "name").ToList();
        Assert.Equal(8, names.Count);
        Assert.Equal(8, names.Select(name => (name.Attribute("x")!.Value, name.Attribute("y")!.Value, name.Attribute("text-anchor")!.Value)).Distinct().Count());
    }

    [Fact]
    public void Names_OfAnyKind_StayText()
    {
        const string hostile = "<script>\u0001&\"";
        Assert.Contains(Draw(xRises: true, new ScatterPoint(hostile, 1, 1)).Descendants(Svg + "text"), text => text.Value == "<script>\uFFFD&\"");
    }

    private static XDocument Draw(bool xRises, params ScatterPoint[] points) =>
        XDocument.Parse(new ScatterPlot("Title", "Description", "x", "y", xRises, points) { HasPowersOfTen = !xRises }.Draw());

    private static IEnumerable<XElement> Circles(XDocument drawn) => drawn.Descendants(Svg + "circle");

    private static string[] Front(XDocument drawn) =>
        [.. Circles(drawn).Where(circle => circle.Attribute("class")!.Value.Contains("front", StringComparison.Ordinal)).Select(circle => circle.Value.Split(':')[0]).Order(StringComparer.Ordinal)];

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
