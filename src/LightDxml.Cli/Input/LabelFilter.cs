using System.Globalization;
using LightDxml.Data;
using LightDxml.Data.Compression;

namespace LightDxml.Cli.Input;

/// <summary>
/// Pairs of document and label that do not count, as the extreme classification repository gives them where labels are documents
/// too (<c>filter_labels_test.txt</c>): a line each, the document's place and the label's number, from 0.
/// </summary>
internal sealed class LabelFilter
{
    public const string Description = "Pairs that do not count, as filter_labels_*.txt of the extreme classification repository: one document's place and one label's number per line, from 0; where labels' ids are numbers, these.";

    private readonly Dictionary<int, HashSet<int>> _pairs;

    private LabelFilter(Dictionary<int, HashSet<int>> pairs) => _pairs = pairs;

    /// <summary>Labels of one document at most.</summary>
    public int Widest => _pairs.Values.Select(labels => labels.Count).DefaultIfEmpty().Max();

    /// <summary>Labels that are taken off one document, where it has them.</summary>
    public int CountOf(int document) => _pairs.TryGetValue(document, out var labels) ? labels.Count : 0;

    /// <param name="documentCount">Of the set that the filter is of.</param>
    /// <param name="labels">The labels that its numbers stand for; of labels that are numbers with gaps, those that are not known are passed over.</param>
    /// <exception cref="DataFormatException">A line is no such pair.</exception>
    /// <exception cref="LightDxmlException">None of its labels is known.</exception>
    public static LabelFilter Read(string path, int documentCount, JointLabels labels)
    {
        var filter = new LabelFilter([]);
        var number = 0L;
        foreach (var line in CompressedFile.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (line.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries) is not [var first, var second]
                || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var document)
                || !long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var label))
                throw new DataFormatException(path, number, $"found '{line}', expected a document's place and a label's number");
            var row = labels.RowOf(label);
            if (document >= documentCount || row < 0 && !labels.AreNumbers)
                throw new DataFormatException(path, number, $"found document {document} and label {label}, but there are {documentCount} documents and {labels.Count} labels, counted from 0");
            if (row < 0)
                continue;
            if (!filter._pairs.TryGetValue(document, out var rows))
                filter._pairs.Add(document, rows = []);
            rows.Add(row);
        }

        if (number > 0 && filter._pairs.Count == 0)
            throw new LightDxmlException($"{path}: none of its labels is a label of the data, whose ids are numbers such as {labels.IdOf(0)}.");
        return filter;
    }

    /// <summary>The pairs of some of the documents, which are then counted anew.</summary>
    public LabelFilter Select(int[] documents) =>
        new(documents.Index().Where(document => _pairs.ContainsKey(document.Item)).ToDictionary(document => document.Index, document => _pairs[document.Item]));

    /// <summary>The labels of documents without the pairs.</summary>
    public SparseMatrix Of(SparseMatrix labels)
    {
        var offsets = new long[labels.RowCount + 1];
        var columns = new List<int>();
        for (var document = 0; document < labels.RowCount; document++)
        {
            foreach (var label in labels.RowColumns(document))
            {
                if (!Has(document, label))
                    columns.Add(label);
            }

            offsets[document + 1] = columns.Count;
        }

        return new SparseMatrix(labels.RowCount, labels.ColumnCount, offsets, [.. columns]);
    }

    /// <summary>Rankings without the pairs: the labels behind move up.</summary>
    public RankedLabels Of(RankedLabels predictions)
    {
        var kept = new RankedLabels(predictions.PointCount, predictions.LabelCount, predictions.Width);
        for (var document = 0; document < predictions.PointCount; document++)
        {
            var next = 0;
            for (var place = 0; place < predictions.Width && predictions.Labels(document)[place] is >= 0 and var label; place++)
            {
                if (Has(document, label))
                    continue;
                kept.Labels(document)[next] = label;
                kept.Scores(document)[next++] = predictions.Scores(document)[place];
            }
        }

        return kept;
    }

    private bool Has(int document, int label) => _pairs.TryGetValue(document, out var labels) && labels.Contains(label);
}
