using System.Text;
using LightDxml.Data.Compression;

namespace LightDxml.Text.Reading;

/// <summary>
/// A folder in which every file is a document of plain text, also those in folders within it. Labels stand beside their document, as Annif
/// has them: a name a line in <c>a.key</c>, or an id, a tab and a name in <c>a.tsv</c>.
/// </summary>
internal static class DocumentFolder
{
    private static readonly string[] LabelExtensions = [".key", ".tsv"];

    /// <summary>What Windows leaves in folders; it may be hidden there, and is not elsewhere.</summary>
    private static readonly string[] SystemFiles = ["Thumbs.db", "ehthumbs.db", "desktop.ini"];

    private const string PdfMark = "%PDF-";

    private const string NoText =
        "it is no plain text, but a PDF, an Office document, a picture or the like. Save its text in a file of its own, or take it out of the folder.";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The documents in the order of their names, each a path below the folder; hidden files and folders, files of the system and files of labels are left out.</summary>
    /// <exception cref="LightDxmlException">There are none.</exception>
    public static IReadOnlyList<string> Files(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        string[] files =
        [
            .. Directory.EnumerateFiles(folder, "*", options).Select(file => Path.GetRelativePath(folder, file))
                .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')) && !SystemFiles.Contains(Path.GetFileName(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal),
        ];
        if (files.Length == 0)
            throw new LightDxmlException($"{folder} has no files; every file in a folder is taken for a document.");
        var documents = files.Where(file => !MayHoldLabels(file)).Select(file => Path.ChangeExtension(file, null)).ToHashSet(StringComparer.Ordinal);
        return [.. files.Where(file => !MayHoldLabels(file) || !documents.Contains(Path.ChangeExtension(file, null)))];
    }

    /// <param name="file">As <see cref="Files"/> names it.</param>
    /// <param name="read">Its encoding is that of every file.</param>
    /// <exception cref="LightDxmlException">The file cannot be read, or is not in the encoding.</exception>
    public static string ReadText(string folder, string file, TextReadOptions read)
    {
        var path = Path.Combine(folder, file);
        try
        {
            using var reader = new StreamReader(TextStream.Open(path, read), Strict, detectEncodingFromByteOrderMarks: false);
            var text = reader.ReadToEnd();
            return text.StartsWith(PdfMark, StringComparison.Ordinal) || text.Contains('\0', StringComparison.Ordinal) ? throw new LightDxmlException($"{path}: {NoText}") : text;
        }
        catch (DecoderFallbackException fault)
        {
            throw new LightDxmlException(HasZeroBytes(path) ? $"{path}: {NoText}" : $"{path}: {TextEncodings.NotUtf8}.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new LightDxmlException($"{path}: cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>The labels that stand beside a document; none where there is no file of them.</summary>
    /// <inheritdoc cref="ReadText"/>
    public static IEnumerable<string> ReadLabels(string folder, string file, TextReadOptions read)
    {
        if (LabelExtensions.Select(extension => Path.ChangeExtension(file, extension)).FirstOrDefault(beside => beside != file && File.Exists(Path.Combine(folder, beside))) is not { } labels)
            return [];
        var lines = ReadText(folder, labels, read).Split('\n');
        return labels.EndsWith(LabelExtensions[0], StringComparison.Ordinal) ? lines : lines.Select(line => LabelText.WithoutBrackets(line.Split('\t')[0].Trim()));
    }

    /// <summary>Whether a file that is not UTF-8 is no text in another encoding of single bytes either.</summary>
    private static bool HasZeroBytes(string path)
    {
        using var file = CompressedFile.OpenRead(path);
        var first = new byte[4096];
        var count = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        return first.AsSpan(0, count).Contains((byte)0) || first.AsSpan().StartsWith("%PDF-"u8);
    }

    private static bool MayHoldLabels(string file) => LabelExtensions.Contains(Path.GetExtension(file));
}
