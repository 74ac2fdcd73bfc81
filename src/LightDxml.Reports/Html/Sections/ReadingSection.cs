using LightDxml.Reports.Model;

namespace LightDxml.Reports.Html.Sections;

/// <summary>What the figures mean, in the words of someone who explains them.</summary>
internal static class ReadingSection
{
    public static Markup Of(ReportModel model)
    {
        var data = model.Data;
        var html = new HtmlBuilder();
        html.AddMarkup("<section id=\"reading\" aria-labelledby=\"reading-title\"><h2 id=\"reading-title\">How to read it</h2><dl class=\"terms\">");
        foreach (var (term, meaning) in new (string, string)[]
                 {
                     ("P@k", "Right labels among the first k, over k; the mean over all documents."),
                     ("R@k", "Right labels among the first k, over the document's labels; the mean over documents with labels."),
                     ("nDCG@k", "As P@k, but a hit counts the more the higher it ranks; 100 is the best possible ranking."),
                     ("PSP@k, PSnDCG@k", $"The same with every hit weighed by how easily such a label is forgotten: by 1 over its propensity, estimated from training frequencies (A = {data.PropensityA.ToString(System.Globalization.CultureInfo.InvariantCulture)}, B = {data.PropensityB.ToString(System.Globalization.CultureInfo.InvariantCulture)}). Rare labels weigh more. 100 is the best attainable."),
                     ("Macro-P, -R, -F1@k", "Each test label's own precision, recall and F1 in the first k; the mean over labels, so that a rare label counts as much as a frequent one."),
                     ("Coverage@k", "Share of the test labels that are found at least once in the first k."),
                     ("Abandonment@k", "Share of the documents without a single right label in the first k. Lower is better."),
                     ("Interval", $"Test documents are drawn anew, with replacement, {data.BootstrapReplicates:N0} times; the interval holds the middle {100 * data.Confidence:0.#} % of the values. It says how far a figure would move on another test set of this kind, not on another training run. Resamples lack documents of rare labels, which lowers macro metrics and coverage. For these metrics the interval is centred on the figure itself."),
                     ("p", "How often two methods that are alike would differ at least so much: each document's two results are swapped by the toss of a coin, many times. Below 0.05 a difference is called beyond chance; with many differences some fall below it by chance."),
                     ("Tail weight", "The power of the inverse propensity that scores are multiplied by. At 0 the ranking is the method's own; at higher weights rare labels rise."),
                     ("ECE@k", "Expected calibration error of the first k: how far scores are from the share of hits, on average over ten ranges of score. Recalibration is isotonic regression, fitted on one half of the test documents and measured on the other."),
                     ("Never seen", "Labels that test documents have and no training document has. They are a bin of their own and count in every figure."),
                 })
        {
            html.Add($"<div><dt>{term}</dt><dd>{meaning}</dd></div>");
        }

        html.AddMarkup("</dl></section>");
        return html.ToMarkup();
    }
}
