using LightDxml.Storage;
using LightDxml.Text;
using LightDxml.Text.Reading;

namespace LightDxml.Cli.Output;

/// <summary>A folder of documents to predict, and a folder of their labels.</summary>
internal static class TextFolder
{
    /// <summary>The documents as <see cref="DocumentFolder.Files"/> has them.</summary>
    /// <exception cref="LightDxmlException">There are none, or two have the same name but for its extension.</exception>
    public static IReadOnlyList<string> Files(string folder)
    {
        var files = DocumentFolder.Files(folder);
        if (files.GroupBy(file => Path.ChangeExtension(file, null), StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new LightDxmlException($"{string.Join(" and ", same)} in {folder} would give the same file of labels; rename one of them.");
        return files;
    }

    /// <param name="file">As <see cref="Files"/> names it: the document's id.</param>
    /// <param name="read">Its encoding is that of every file.</param>
    /// <exception cref="LightDxmlException">The file cannot be read, or is not in the encoding.</exception>
    public static TextDocument Read(string folder, string file, TextReadOptions read) => new(file, "", DocumentFolder.ReadText(folder, file, read), []);

    /// <summary>Writes a file for each document, all of them or none.</summary>
    /// <param name="write">Fills a folder whose path it is given.</param>
    public static void Write(string folder, Action<string> write) => AtomicFolder.Beside(folder, staged =>
    {
        write(staged);

        // Every place is asked for before one is taken.
        (string File, string Place)[] moves =
        [
            .. Directory.EnumerateFiles(staged, "*", SearchOption.AllDirectories).Select(file => (file, AtomicFile.Target(Path.Combine(folder, Path.GetRelativePath(staged, file))))),
        ];
        foreach (var (_, place) in moves)
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        foreach (var (file, place) in moves)
            AtomicFile.PutInPlace(file, place);
    });

    /// <summary>The file of labels of a document: its name, with the extension of the style.</summary>
    public static string OutputFor(string document, string folder, string style) =>
        Path.Combine(folder, Path.ChangeExtension(document, null) + PredictionStyle.Extension(style));
}
