using System.Text;

namespace LightDxml.Text.Reading;

/// <summary>How the first documents of a file write their labels.</summary>
/// <param name="Strings">Labels that share a string, one a document, with their line ends.</param>
/// <param name="Lists">Labels that are written as lists, one a document.</param>
/// <param name="Notes">What of the documents is not read.</param>
/// <param name="IsWhole">Whether the file has no further documents.</param>
internal sealed record LabelSample(IReadOnlyList<string> Strings, IReadOnlyList<string[]> Lists, IReadOnlyList<string> Notes, bool IsWhole)
{
    private const int MaxDocuments = 4000;
    private const int MaxBytes = 16 << 20;

    /// <param name="reader">Disposed here. It parts no string, and leaves out rows that it cannot read: what is wrong with rows is told later.</param>
    public static LabelSample Of(DocumentReader reader)
    {
        var (strings, lists) = (new List<string>(), new List<string[]>());
        using (reader)
        {
            var batch = new DocumentBatch { KeepsLineEnds = true };
            var (bytes, isWhole) = (0L, false);
            try
            {
                while (strings.Count + lists.Count < MaxDocuments && bytes < MaxBytes)
                {
                    if (isWhole = !reader.TryTake(batch))
                        break;
                    reader.Parse(batch);
                    bytes += Math.Max(batch.ByteCount, batch.Lines.Length);
                    for (var document = 0; document < batch.Count && strings.Count + lists.Count < MaxDocuments; document++)
                        Take(batch, document, strings, lists);
                }
            }
            catch (Exception fault) when (fault is LightDxmlException or InvalidDataException)
            {
                // Whoever reads the file meets the same.
            }

            return new LabelSample(strings, lists, reader.Notes, isWhole);
        }
    }

    /// <summary>The separator of labels that share a string, and what should be said of it. Lists need none, unless each holds one string.</summary>
    /// <param name="areDecimals">Whether a number with a comma is one label.</param>
    public (string? Separator, string? Note) Separator(bool areDecimals)
    {
        if (Strings.Count > 0)
            return LabelSeparators.Of(Strings, Lists.SelectMany(list => list).ToHashSet(), areDecimals);
        // A comma in an element of a list belongs to a name.
        return Lists.All(list => list.Length == 1) && LabelSeparators.Of([.. Lists.Select(list => list[0])]) is (not (null or "" or ","), _) found ? found : (null, null);
    }

    /// <summary>The places of lists of 0 and 1, or 0.</summary>
    /// <param name="separator">Of those that are strings.</param>
    public int MultiHotPlaces(string? separator) => MultiHotLabels.PlacesOf(
        [.. Lists, .. Strings.Select(text => string.IsNullOrEmpty(separator) ? [text] : text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]);

    private static void Take(DocumentBatch batch, int document, List<string> strings, List<string[]> lists)
    {
        var labels = new string[batch.LabelCount(document)];
        for (var place = 0; place < labels.Length; place++)
            labels[place] = Encoding.UTF8.GetString(batch.Label(document, place));
        if (batch.IsListed(document) || labels.Length > 1)
        {
            if (labels.Length > 0)
                lists.Add(labels);
        }
        else if (labels.Length == 1)
        {
            strings.Add(labels[0]);
        }
    }
}
