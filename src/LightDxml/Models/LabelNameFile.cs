namespace LightDxml.Models;

/// <summary><c>labels.txt</c>: one name a line, line l being label row l.</summary>
internal static class LabelNameFile
{
    /// <summary>Line breaks inside a name become blanks.</summary>
    public static void Write(IReadOnlyList<string> names, string path)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        foreach (var name in names)
            writer.WriteLine(name.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ').Replace('\r', ' '));
    }

    /// <exception cref="LightDxmlException">Not readable, or not one name a label.</exception>
    public static IReadOnlyList<string> Read(string path, int labelCount)
    {
        try
        {
            // A file may be of any length: what lies behind the labels' lines is not read.
            string[] names = [.. File.ReadLines(path).Take(labelCount + 1)];
            return names.Length == labelCount
                ? names
                : throw new LightDxmlException($"{path}: {(names.Length > labelCount ? "more" : names.Length)} names for {labelCount} labels.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"Cannot read {path}: {fault.Message}", fault);
        }
    }
}
