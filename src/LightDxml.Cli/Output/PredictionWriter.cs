using System.Text;
using LightDxml.Data;
using LightDxml.Data.Formats;
using LightDxml.Inference;

namespace LightDxml.Cli.Output;

/// <summary>Writes the predictions of documents one after the other, in one style.</summary>
/// <param name="labelCount">Labels of the model.</param>
internal sealed class PredictionWriter(string style, int labelCount, TextWriter output)
{
    // Of the style 'scores', which starts with the number of documents.
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
                PredictionText.WriteTable(document, output);
                break;
            case PredictionStyle.Csv:
                if (Count == 1)
                    output.Write(PredictionText.CsvHeader + "\n");
                PredictionText.WriteCsvRows(document, Count, output);
                break;
            case PredictionStyle.Scores:
                _rows.Add(document.Labels);
                break;
            default:
                PredictionText.WriteJsonLine(document, output);
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
        if (style == PredictionStyle.Scores)
            output.Write(Encoding.UTF8.GetString(Scores()));
        output.Flush();
    }

    private byte[] Scores()
    {
        var predictions = new RankedLabels(_rows.Count, labelCount, Math.Max(1, _rows.Select(row => row.Count).DefaultIfEmpty().Max()));
        for (var document = 0; document < _rows.Count; document++)
        {
            for (var place = 0; place < _rows[document].Count; place++)
            {
                predictions.Labels(document)[place] = _rows[document][place].Row;
                predictions.Scores(document)[place] = _rows[document][place].Score;
            }
        }

        using var bytes = new MemoryStream();
        RankedLabelsWriter.Write(predictions, bytes);
        return bytes.ToArray();
    }
}
