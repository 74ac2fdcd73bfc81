using LightDxml.Metrics;
using LightDxml.Reports.Model;
using LightDxml.Reports.Plots;
using LightDxml.Reports.Tables;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Html.Sections;

/// <summary>Frequency bins, what each contributes, and the head-to-tail curve.</summary>
internal static class TailSection
{
    public static Markup Of(ReportModel model)
    {
        var k = model.Data.LastK;
        var slot = model.Data.Ks.Count - 1;
        int[] bins = [.. Enumerable.Range(0, model.Bins.Count).Where(bin => model.Bins[bin].LabelCount > 0)];
        string[] names = [.. bins.Select(bin => Figures.NamesOf(model.Bins)[bin])];
        string[] methods = [.. model.Methods.Select(method => method.Name)];
        var html = new HtmlBuilder();
        html.AddMarkup("<section id=\"tail\" aria-labelledby=\"tail-title\"><h2 id=\"tail-title\">From head to tail</h2>");
        html.Add($"<p>The labels, most frequent first, are cut into {model.Bins.Count - 1} bins that hold about equally many training assignments each: few labels on the left, many rare ones on the right.</p>");
        html.Add($"{FiguresSection.Legend(model)}");
        html.AddMarkup("<div class=\"plots\">");
        var found = new BarPlot(
            "plot-found", $"Share found in the first {k} by training frequency", $"For each bin of labels the share of its test assignments that each method has in the first {k}; the table below has the figures.",
            "training documents of a label", $"found in the first {k}, %", names, methods,
            [.. model.Methods.Select(method => (IReadOnlyList<double?>)[.. bins.Select(bin => GroupTables.Found(method.Tail.Groups[bin], slot))])]);
        html.Add($"<figure><figcaption>Found in the first {k}, by how often a label was seen</figcaption>{found.Draw()}</figure>");
        html.Add($"<figure><figcaption>What re-ranking towards the tail costs and gains</figcaption>{Dial(model)}{Omitted(model)}{HtmlTable.Folded(ScoreTables.HeadToTail(model))}</figure>");
        html.AddMarkup("</div>");
        html.Add($"{Contributions(model, bins, names, methods, slot)}");
        html.Add($"{HtmlTable.Folded(GroupTables.Tail(model))}");
        if (model.Data.UnseenTestLabels > 0)
            html.Add($"{Unseen(model)}");
        html.AddMarkup("</section>");
        return html.ToMarkup();
    }

    private static Markup Dial(ReportModel model)
    {
        var k = model.Methods[0].HeadToTail.K;
        return new LinePlot(
            "plot-dial", $"Head-to-tail curve: PSP@{k} against P@{k}", $"Each method's curve starts at its own ranking and turns towards rare labels: P@{k} falls and PSP@{k} rises, up to a point. The table has the figures.",
            $"P@{k}, %", $"PSP@{k}, %",
            [
                .. model.Methods.Select((method, index) => (Method: method, Index: index)).Where(entry => IsOnDialPlot(model, entry.Method)).Select(entry => new Series(
                    entry.Method.Name, entry.Index,
                    [.. UpToThePeak(entry.Method.HeadToTail).Select(point => new SeriesPoint(
                        point.Precision, point.PropensityScoredPrecision,
                        $"tail weight {Figures.Plain(point.Dial)}: P@{k} {Figures.Percent(point.Precision)}, PSP@{k} {Figures.Percent(point.PropensityScoredPrecision)}"))])),
            ]).Draw();
    }

    // Beyond it both metrics fall, often steeply, and what can be traded would shrink to a corner.
    private static IEnumerable<HeadToTailPoint> UpToThePeak(HeadToTailCurve curve) =>
        curve.Points.Take(1 + curve.Points.Index().MaxBy(entry => entry.Item.PropensityScoredPrecision).Index);

    // A method far below the best would squeeze the curves of the others into a corner.
    private static bool IsOnDialPlot(ReportModel model, MethodReport method) =>
        method.HeadToTail.Points[0].Precision >= 0.5 * model.Methods.Max(other => other.HeadToTail.Points[0].Precision);

    private static Markup Omitted(ReportModel model)
    {
        string[] omitted = [.. model.Methods.Where(method => !IsOnDialPlot(model, method)).Select(method => PlainNames.Of(method.Name))];
        return new HtmlBuilder().Add($"""<p class="hint">Each curve starts, at its lower end, at the method's own ranking and rises to its highest PSP; the table goes on.{(omitted.Length > 0 ? $" Too far below for this plot: {string.Join(", ", omitted)}." : "")}</p>""").ToMarkup();
    }

    private static Markup Contributions(ReportModel model, int[] bins, string[] names, string[] methods, int slot)
    {
        var k = model.Data.LastK;
        var stacks = new (string Id, string Name, Func<GroupScores, IReadOnlyList<double>> Values)[]
        {
            ("p", $"P@{k}", group => group.Precision), ("r", $"R@{k}", group => group.Recall), ("psp", $"PSP@{k}", group => group.PropensityScoredPrecision!),
        }.Select(metric => (metric.Name, Plot: new StackPlot(
            $"plot-stack-{metric.Id}", $"Parts of {metric.Name} by training frequency", $"What the labels of each bin contribute to {metric.Name} of each method; the table below has the figures.",
            methods, names, [.. model.Methods.Select(method => (IReadOnlyList<double>)[.. bins.Select(bin => metric.Values(method.Tail.Groups[bin])[slot])])]))).ToList();
        var html = new HtmlBuilder();
        html.AddMarkup("<h3>Where the figures come from</h3>");
        html.AddMarkup("<p>Each bar is a metric, cut into what labels of each training frequency contribute to it.</p>");
        html.Add($"{stacks[0].Plot.Legend()}");
        html.AddMarkup("<div class=\"plots three\">");
        foreach (var (name, plot) in stacks)
            html.Add($"<figure><figcaption>{name}</figcaption>{plot.Draw()}</figure>");
        html.AddMarkup("</div>");
        return html.ToMarkup();
    }

    private static Markup Unseen(ReportModel model)
    {
        const int shown = 200;
        var html = new HtmlBuilder();
        html.Add($"<details><summary>{Figures.Count(model.Data.UnseenTestLabels)} test labels never seen in training</summary><ul class=\"names\">");
        foreach (var label in model.UnseenTestLabels.Take(shown))
            html.Add($"<li>{HtmlBuilder.Name(PlainNames.Of(model.NameOf(label)))}</li>");
        html.AddMarkup("</ul>");
        if (model.UnseenTestLabels.Count > shown)
            html.Add($"<p>and {Figures.Count(model.UnseenTestLabels.Count - shown)} more, in the table of labels and its CSV.</p>");
        html.AddMarkup("</details>");
        return html.ToMarkup();
    }
}
