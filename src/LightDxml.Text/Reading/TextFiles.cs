namespace LightDxml.Text.Reading;

/// <summary>Several files of text that are read as one: names with pipes between them, or with wildcards.</summary>
internal static class TextFiles
{
    /// <summary>Stands between the names.</summary>
    public const char Separator = '|';

    /// <summary>The files that a name stands for, each wildcard's in the order of their names; a name of one file is that file, whether it is there or not.</summary>
    /// <exception cref="LightDxmlException">No file fits a name with wildcards, or a file is named twice.</exception>
    public static IReadOnlyList<string> Of(string name)
    {
        if (File.Exists(name) || !name.AsSpan().ContainsAny(Separator, '*', '?'))
            return [name];
        string[] files = [.. name.Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(Expand)];
        if (files.GroupBy(Path.GetFullPath).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new LightDxmlException($"{same.First()}: the file is named twice.");
        return files.Length == 0 ? [name] : files;
    }

    private static string[] Expand(string name)
    {
        var pattern = Path.GetFileName(name);
        if (File.Exists(name) || !pattern.AsSpan().ContainsAny('*', '?'))
            return [name];
        var folder = Path.GetDirectoryName(name) ?? "";
        string[] files = Directory.Exists(folder.Length == 0 ? "." : folder)
            ? [.. Directory.EnumerateFiles(folder.Length == 0 ? "." : folder, pattern).Select(file => Path.Combine(folder, Path.GetFileName(file))).Order(StringComparer.Ordinal)]
            : [];
        return files.Length > 0 ? files : throw new LightDxmlException($"{name}: no file fits.");
    }
}
