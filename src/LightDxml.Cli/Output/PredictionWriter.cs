using System.Runtime.InteropServices;
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
    // Of forms that start with the number of documents: of each how many labels it has, and of all these their numbers and scores.
    private readonly List<int> _lengths = [];
    private readonly List<int> _labels = [];
    private readonly List<float> _scores = [];
    private readonly Stream? _stream = style == PredictionForms.Npz && output is not StreamWriter
        ? throw new LightDxmlException("--style npz needs --output, the file to write.")
        : (output as StreamWriter)?.BaseStream;
    private int _width = 1;

    /// <summary>Places of all documents at most, of which as many are kept for each as the longest has.</summary>
    internal long MostPlaces { get; init; } = Array.MaxLength;

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
            case PredictionForms.Scores or PredictionForms.Npz:
                Keep(document.Labels);
                break;
            default:
                for (var place = 0; place < document.Labels.Count; place++)
                    PredictionForms.WriteLabel(output, style, place == 0, document.Labels[place].Id, document.Labels[place].Score);
                output.Write('\n');
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
        if (style is PredictionForms.Scores or PredictionForms.Npz)
            WriteRows();
        output.Flush();
    }

    /// <exception cref="LightDxmlException">They are more than one ranking holds.</exception>
    private void Keep(IReadOnlyList<ScoredLabel> labels)
    {
        _width = Math.Max(_width, labels.Count);
        if (Count * _width > MostPlaces)
            throw new LightDxmlException($"{Count} documents × {_width} labels are more than --style {style} can hold; lower --top, raise --threshold, or take --style jsonl.");
        _lengths.Add(labels.Count);
        foreach (var label in labels)
        {
            _labels.Add(numbers.Of(label));
            _scores.Add(label.Score);
        }
    }

    private void WriteRows()
    {
        var predictions = new RankedLabels(_lengths.Count, numbers.Count, _width);
        var first = 0;
        for (var document = 0; document < _lengths.Count; document++)
        {
            CollectionsMarshal.AsSpan(_labels).Slice(first, _lengths[document]).CopyTo(predictions.Labels(document));
            CollectionsMarshal.AsSpan(_scores).Slice(first, _lengths[document]).CopyTo(predictions.Scores(document));
            first += _lengths[document];
        }

        if (_stream is not null)
        {
            PredictionForms.Write(predictions, style, NoName, _stream);
            return;
        }

        using var bytes = new MemoryStream();
        PredictionForms.Write(predictions, style, NoName, bytes);
        output.Write(Encoding.UTF8.GetString(bytes.ToArray()));

        static string NoName(int label) => throw new InvalidOperationException("This form has no names.");
    }
}
