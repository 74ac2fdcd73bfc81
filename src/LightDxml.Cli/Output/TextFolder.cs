using System.Text;
using LightDxml.Text;

namespace LightDxml.Cli.Output;

/// <summary>A folder in which every file is a document of plain text.</summary>
internal static class TextFolder
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The documents, by their names; hidden files are none.</summary>
    /// <exception cref="LightDxmlException">There are none, or two have the same name but for its extension.</exception>
    public static IReadOnlyList<string> Files(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder).Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
            throw new LightDxmlException($"{folder} has no files; every file in a folder is taken for a document.");
        if (files.GroupBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new LightDxmlException($"{string.Join(" and ", same)} would give the same file of labels; rename one of them.");
        return files;
    }

    /// <exception cref="LightDxmlException">The file cannot be read, or is not UTF-8 (nor UTF-16 with a mark).</exception>
    public static TextDocument Read(string file)
    {
        try
        {
            using var reader = new StreamReader(file, Strict, detectEncodingFromByteOrderMarks: true);
            return new TextDocument(Path.GetFileName(file), "", reader.ReadToEnd(), []);
        }
        catch (DecoderFallbackException fault)
        {
            throw new LightDxmlException($"{file}: not text in UTF-8.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"{file}: cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>The file of labels of a document: its name, with the extension of the style.</summary>
    public static string OutputFor(string document, string folder, string style) =>
        Path.Combine(folder, Path.GetFileNameWithoutExtension(document) + PredictionStyle.Extension(style));
}
