using LightDxml.Data;
using LightDxml.Data.Compression;
using LightDxml.Training;

namespace LightDxml.Cli.Input;

/// <summary>Files that name labels to remove, an id a line, or to merge: a label, a tab and the label that it goes to.</summary>
internal static class LabelEditFiles
{
    public static LabelEdits Read(string? removed, string? merged, JointLabels labels)
    {
        var gone = new HashSet<int>();
        foreach (var (number, line) in Lines(removed))
        {
            if (!gone.Add(Known(removed!, number, line, labels)))
                throw new DataFormatException(removed!, number, $"found the label '{line}' for a second time");
        }

        var goesTo = new Dictionary<int, int>();
        var numbers = new Dictionary<int, long>();
        foreach (var (number, line) in Lines(merged))
        {
            if (line.Split('\t') is not [var from, var to] || string.IsNullOrWhiteSpace(from) || string.IsNullOrWhiteSpace(to))
                throw new DataFormatException(merged!, number, $"found '{line}', expected a label, a tab and the label that it goes to");
            var (source, target) = (Known(merged!, number, from.Trim(), labels), labels.Add(to.Trim()));
            if (source == target)
                throw new DataFormatException(merged!, number, $"found the label '{from.Trim()}' merged into itself");
            if (gone.Contains(source) || gone.Contains(target))
                throw new DataFormatException(merged!, number, $"found the label '{(gone.Contains(source) ? from : to).Trim()}', which {removed} removes");
            if (!goesTo.TryAdd(source, target))
                throw new DataFormatException(merged!, number, $"found the label '{from.Trim()}' for a second time, after line {numbers[source]}");
            numbers.Add(source, number);
        }

        foreach (var (source, target) in goesTo)
        {
            if (goesTo.ContainsKey(target))
                throw new DataFormatException(merged!, numbers[source], $"found the label '{labels.IdOf(target)}' as a target, which line {numbers[target]} merges into another; name the last label of the chain");
        }

        return new LabelEdits(gone, goesTo);
    }

    private static int Known(string path, long number, string id, JointLabels labels) => labels.Find(id) is >= 0 and var row ? row
        : throw new DataFormatException(path, number, $"found '{id}', which is not a label of the model or of the documents");

    private static IEnumerable<(long Number, string Line)> Lines(string? path) => path is null ? [] :
        CompressedFile.ReadLines(path).Select((line, place) => (Number: place + 1L, Line: line.Trim())).Where(line => line.Line.Length > 0);
}
