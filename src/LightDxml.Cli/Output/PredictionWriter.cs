using System.Text;
using LightDxml.Data;
using LightDxml.Data.Predictions;
using LightDxml.Inference;
using LightDxml.Text;

namespace LightDxml.Cli.Output;

/// <summary>Writes the predictions of documents one after the other, in one style.</summary>
/// <param name="numbers">Of the model's labels.</param>
/// <param name="hierarchy">The labels above others, or null.</param>
internal sealed class PredictionWriter(string style, LabelNumbers numbers, TextWriter output, LabelCatalog? hierarchy = null)
{
    // Of the forms of other tools, some of which start with the number of documents.
    private readonly List<IReadOnlyList<ScoredLabel>> _rows = [];

    /// <summary>Documents written.</summary>
    public long Count { get; private set; }

    /// <summary>Those of which no word is known.</summary>
    public long Unknown { get; private set; }

    public void Write(PredictedDocument document)
    {
        Count++;
        if (!document.Predicted.IsKnown)
            Unknown++;
        switch (style)
        {
            case PredictionStyle.Table:
                PredictionText.WriteTable(document, hierarchy, output);
                break;
            case PredictionStyle.Csv:
                if (Count == 1)
                    output.Write(PredictionText.CsvHeader + "\n");
                PredictionText.WriteCsvRows(document, Count, output);
                break;
            case PredictionStyle.JsonLines:
                PredictionText.WriteJsonLine(document, hierarchy, output);
                break;
            default:
                _rows.Add(document.Labels);
                break;
        }
    }

    /// <summary>Hands on what is written so far.</summary>
    public void Flush() => output.Flush();

    /// <summary>Writes what can be written at the end only.</summary>
    public void End()
    {
        if (style == PredictionStyle.Csv && Count == 0)
            output.Write(PredictionText.CsvHeader + "\n");
        if (PredictionForms.All.Contains(style))
            WriteRows();
        output.Flush();
    }

    private void WriteRows()
    {
        var predictions = new RankedLabels(_rows.Count, numbers.Count, Math.Max(1, _rows.Select(row => row.Count).DefaultIfEmpty().Max()));
        var names = new List<string>();
        var hasNames = style is not (PredictionForms.Scores or PredictionForms.Npz);
        for (var document = 0; document < _rows.Count; document++)
        {
            for (var place = 0; place < _rows[document].Count; place++)
            {
                var label = _rows[document][place];
                predictions.Labels(document)[place] = hasNames ? names.Count : numbers.Of(label);
                predictions.Scores(document)[place] = label.Score;
                if (hasNames)
                    names.Add(label.Id);
            }
        }

        if (output is StreamWriter { BaseStream: var stream })
        {
            PredictionForms.Write(predictions, style, label => names[label], stream);
            return;
        }

        if (style == PredictionForms.Npz)
            throw new LightDxmlException("--style npz needs --output, the file to write.");
        using var bytes = new MemoryStream();
        PredictionForms.Write(predictions, style, label => names[label], bytes);
        output.Write(Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
