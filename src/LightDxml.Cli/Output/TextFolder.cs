using System.Text;
using LightDxml.Storage;
using LightDxml.Text;
using LightDxml.Text.Reading;

namespace LightDxml.Cli.Output;

/// <summary>A folder in which every file is a document of plain text, also those in folders within it.</summary>
internal static class TextFolder
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The documents in the order of their names, each a path below the folder; hidden files and folders are left out.</summary>
    /// <exception cref="LightDxmlException">There are none, or two have the same name but for its extension.</exception>
    public static IReadOnlyList<string> Files(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        string[] files =
        [
            .. Directory.EnumerateFiles(folder, "*", options).Select(file => Path.GetRelativePath(folder, file))
                .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
                .Order(StringComparer.Ordinal),
        ];
        if (files.Length == 0)
            throw new LightDxmlException($"{folder} has no files; every file in a folder is taken for a document.");
        if (files.GroupBy(file => Path.ChangeExtension(file, null), StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new LightDxmlException($"{string.Join(" and ", same)} in {folder} would give the same file of labels; rename one of them.");
        return files;
    }

    /// <param name="file">As <see cref="Files"/> names it: the document's id.</param>
    /// <param name="read">Its encoding is that of every file.</param>
    /// <exception cref="LightDxmlException">The file cannot be read, or is not in the encoding.</exception>
    public static TextDocument Read(string folder, string file, TextReadOptions read)
    {
        var path = Path.Combine(folder, file);
        try
        {
            using var reader = new StreamReader(TextStream.Open(path, read), Strict, detectEncodingFromByteOrderMarks: false);
            return new TextDocument(file, "", reader.ReadToEnd(), []);
        }
        catch (DecoderFallbackException fault)
        {
            throw new LightDxmlException($"{path}: {TextEncodings.NotUtf8}.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new LightDxmlException($"{path}: cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Writes a file for each document, all of them or none.</summary>
    /// <param name="write">Fills a folder whose path it is given.</param>
    public static void Write(string folder, Action<string> write)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        AtomicFolder.DeleteLeftovers(target);
        var staged = AtomicFolder.TemporaryName(target);
        try
        {
            Directory.CreateDirectory(staged);
            write(staged);
            foreach (var file in Directory.EnumerateFiles(staged, "*", SearchOption.AllDirectories))
            {
                var place = Path.Combine(target, Path.GetRelativePath(staged, file));
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                File.Move(file, AtomicFile.Target(place), overwrite: true);
            }
        }
        finally
        {
            if (Directory.Exists(staged))
                Directory.Delete(staged, recursive: true);
        }
    }

    /// <summary>The file of labels of a document: its name, with the extension of the style.</summary>
    public static string OutputFor(string document, string folder, string style) =>
        Path.Combine(folder, Path.ChangeExtension(document, null) + PredictionStyle.Extension(style));
}
