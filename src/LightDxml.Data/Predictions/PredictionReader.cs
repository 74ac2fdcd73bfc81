using System.Globalization;
using System.Text;
using LightDxml.Data.Compression;
using LightDxml.Data.Formats;
using LightDxml.Data.Numpy;
using LightDxml.Data.Parsing;

namespace LightDxml.Data.Predictions;

/// <summary>
/// Reads predictions of any tool; the content tells the form: JSON Lines and CSV of <c>predict</c>, <c>label:score</c> with and
/// without a header, <c>label score</c> between tabs or blanks, as omikuji and fastText write it, and matrices of SciPy.
/// </summary>
internal static class PredictionReader
{
    /// <param name="threads">Parsing threads; 0 takes every processor.</param>
    /// <exception cref="DataFormatException">The first line of the file that does not hold what its form promises.</exception>
    /// <exception cref="LightDxmlException">The file is missing or cannot be read.</exception>
    public static NamedPredictions Read(string path, int threads = 0)
    {
        if (NumpyMatrix.Recognizes(path))
        {
            var (rows, documents, labels) = NumpyMatrix.Read(path, MatrixKind.Scores, keepsOrder: true);
            return new NamedPredictions(PredictionFile.Rank(path, [rows], documents, labels), Names: null, labels);
        }

        if (HasHeader(path))
        {
            var predictions = PredictionFile.Read(path, threads);
            return new NamedPredictions(predictions, Names: null, predictions.LabelCount);
        }

        var collector = new PredictionCollector(path);
        var first = CompressedFile.ReadLines(path).FirstOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? "";
        if (first.StartsWith('{'))
            JsonPredictions.Read(path, collector);
        else if (CsvPredictions.IsHeader(first))
            CsvPredictions.Read(path, collector);
        else
            ReadPairs(path, collector);
        return collector.Take();
    }

    /// <summary>Two counts; but a line of omikuji's may be a label with a whole score, and then so is the next.</summary>
    private static bool HasHeader(string path)
    {
        string[] lines = [.. CompressedFile.ReadLines(path).Where((line, place) => place == 0 || !string.IsNullOrWhiteSpace(line)).Take(2)];
        // Without a number the line is the first document, which has no labels.
        if (lines.Length == 0 || LineText.WholeNumbers(Encoding.UTF8.GetBytes(lines[0].TrimStart('\uFEFF'))) is not { Count: > 0 } counts)
            return false;
        // Three counts and one are none of any form; the reader of headers says what it expects.
        return counts.Count != 2 || lines.Length == 1 || lines[1].Contains(':', StringComparison.Ordinal) || lines[1].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Length % 2 == 1;
    }

    private static void ReadPairs(string path, PredictionCollector collector)
    {
        var number = 0L;
        foreach (var line in CompressedFile.ReadLines(path))
        {
            number++;
            var tokens = line.TrimStart('\uFEFF').Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            // The whole line tells: a label may have a colon and digits of its own.
            var alternates = tokens.Length % 2 == 0 && Enumerable.Range(0, tokens.Length / 2).All(pair => TryScore(tokens[2 * pair + 1], out _));
            for (var place = 0; place < tokens.Length; place++)
            {
                var label = tokens[place];
                if (alternates && TryScore(tokens[place + 1], out var score))
                    collector.Add(Name(tokens[place++]), score, number);
                else if (!alternates && label.LastIndexOf(':') is > 0 and var colon && TryScore(label[(colon + 1)..], out score) && !AreJoined(label))
                    collector.Add(Name(label[..colon]), score, number);
                else
                    throw new DataFormatException(path, number, $"found {LineText.Quote(Encoding.UTF8.GetBytes(label))}, expected label:score or a label and its score, with a blank or a tab between labels, or predictions as 'predict' writes them in JSON Lines or CSV");
            }

            collector.EndDocument();
        }
    }

    private static string Name(string label) => label.Length > PredictionForms.FastTextPrefix.Length && label.StartsWith(PredictionForms.FastTextPrefix, StringComparison.Ordinal) ? label[PredictionForms.FastTextPrefix.Length..] : label;

    /// <summary>Whether commas join several <c>label:score</c>. A name may have colons and commas of its own, but hardly a fraction between them.</summary>
    private static bool AreJoined(string label)
    {
        var pairs = label.Split(',');
        return pairs.Length > 1
            && pairs.All(pair => pair.LastIndexOf(':') is > 0 and var colon && TryScore(pair[(colon + 1)..], out _))
            && pairs.SkipLast(1).Any(pair => pair.LastIndexOf('.') > pair.LastIndexOf(':'));
    }

    private static bool TryScore(string text, out float score) => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out score);
}
