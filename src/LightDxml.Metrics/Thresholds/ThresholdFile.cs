using System.Globalization;
using System.Text;
using LightDxml.Data;
using LightDxml.Storage;

namespace LightDxml.Metrics;

/// <summary>
/// Thresholds of labels as a table that people may edit: a label, a tab and a probability a line, after the header
/// <c>label threshold</c>. The label <c>*</c> stands for all that have no line.
/// </summary>
internal static class ThresholdFile
{
    /// <summary>The label that stands for all others.</summary>
    public const string Others = "*";

    /// <summary>The first line.</summary>
    public const string Header = "label\tthreshold";

    public static void Write(string path, IEnumerable<(string Label, double Threshold)> thresholds) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Header);
        foreach (var (label, threshold) in thresholds)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{label}\t{(float)threshold}"));
    });

    /// <exception cref="DataFormatException">A line is not a label and a probability.</exception>
    /// <exception cref="LightDxmlException">The file is missing or cannot be read.</exception>
    public static IReadOnlyList<(string Label, float Threshold, int Line)> Read(string path)
    {
        var thresholds = new List<(string, float, int)>();
        foreach (var (line, index) in Lines(path).Select((line, index) => (line, index)))
        {
            if (line.Length == 0 || (index == 0 && line == Header))
                continue;
            var tab = line.LastIndexOf('\t');
            if (tab < 1 || !float.TryParse(line.AsSpan(tab + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var threshold) || threshold is not (>= 0 and <= 1))
                throw new DataFormatException(path, index + 1, $"found '{line}', expected a label, a tab and a probability in 0..1");
            thresholds.Add((line[..tab], threshold, index + 1));
        }

        return thresholds;
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path, Encoding.UTF8);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"{path}: cannot be read: {fault.Message}", fault);
        }
    }
}
