using System.Text;

namespace LightDxml.Models;

/// <summary><c>labels.txt</c>: one name per line, line l being label row l; and <c>features.txt</c>, the same of features.</summary>
internal static class LabelNameFile
{
    /// <summary>Line breaks inside a name become blanks.</summary>
    public static void Write(IReadOnlyList<string> names, string path)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        foreach (var name in names)
            writer.WriteLine(name.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ').Replace('\r', ' '));
    }

    /// <exception cref="LightDxmlException">Not readable, or not one name per label.</exception>
    /// <param name="noun">What messages call what has the names.</param>
    public static IReadOnlyList<string> Read(ModelFiles files, string file, int count, string noun = "labels")
    {
        try
        {
            using var reader = new StreamReader(files.OpenRead(file), Encoding.UTF8);
            var names = new List<string>();
            while (reader.ReadLine() is { } name)
            {
                if (names.Count == count)
                    throw new LightDxmlException($"{files.NameOf(file)}: more names than the {count} {noun}.");
                names.Add(name);
            }

            return names.Count == count
                ? names
                : throw new LightDxmlException($"{files.NameOf(file)}: {names.Count} names for {count} {noun}.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new LightDxmlException($"Cannot read {files.NameOf(file)}: {fault.Message}", fault);
        }
    }
}
