using System.Text;
using LightDxml.Storage;

namespace LightDxml.Cli.Comparison;

/// <summary>
/// A place in a Markdown file that a comparison fills with its table: what stands between the lines
/// <c>&lt;!-- compare: NAME --&gt;</c> and <c>&lt;!-- end: NAME --&gt;</c>. The rest of the file stays as it is.
/// </summary>
internal sealed class TableSection
{
    private readonly string _path;
    private readonly string _name;

    private TableSection(string path, string name) => (_path, _name) = (path, name);

    /// <param name="place">FILE#NAME.</param>
    /// <exception cref="LightDxmlException">It is not written so, or the file has no such place or cannot be written.</exception>
    public static TableSection Of(string place)
    {
        if (place.Split('#') is not [{ Length: > 0 } path, { Length: > 0 } name])
            throw new LightDxmlException($"--insert needs FILE#NAME, but got '{place}'.");
        var section = new TableSection(path, name);
        section.Find(section.Read());
        AtomicFile.CheckTarget(path);
        return section;
    }

    /// <exception cref="LightDxmlException">The place is gone.</exception>
    public void Fill(string markdown)
    {
        var text = Read();
        var (start, end) = Find(text);
        var filled = $"{text[..start]}\n\n{markdown.Trim()}\n\n{text[end..]}";
        AtomicFile.Write(_path, stream => stream.Write(Encoding.UTF8.GetBytes(filled)));
    }

    private string Read()
    {
        try
        {
            return File.ReadAllText(_path).ReplaceLineEndings("\n");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"Cannot read {_path}: {fault.Message}", fault);
        }
    }

    private (int Start, int End) Find(string text)
    {
        var (opening, closing) = ($"<!-- compare: {_name} -->", $"<!-- end: {_name} -->");
        var start = text.IndexOf(opening, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf(closing, start, StringComparison.Ordinal);
        return end >= 0
            ? (start + opening.Length, end)
            : throw new LightDxmlException($"{_path} has no lines '{opening}' and '{closing}' to put the table between.");
    }
}
