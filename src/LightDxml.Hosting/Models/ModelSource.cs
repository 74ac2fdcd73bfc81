using System.Globalization;
using System.Text;

namespace LightDxml.Hosting.Models;

/// <summary>Where a served model is, and what it is called.</summary>
/// <param name="LabelNames">A labels file, or null.</param>
internal sealed record ModelSource(string Name, string Path, bool Watch, double? Tail, string? LabelNames)
{
    private const int LongestName = 64;

    /// <exception cref="LightDxmlException">The name cannot stand in an address.</exception>
    public static void CheckName(string name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > LongestName || name[0] == '.' || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
            throw new LightDxmlException($"A model's name has 1 to {LongestName} letters, digits, dots, hyphens and underscores and starts with no dot, but is '{name}'.");
    }

    /// <summary>What is at the paths: names, lengths and times of its files. Other content has another stamp.</summary>
    public string Stamp()
    {
        try
        {
            var names = LabelNames is null ? "" : StampOf([new FileInfo(LabelNames)]);
            if (File.Exists(Path))
                return StampOf([new FileInfo(Path)]) + names;
            var folder = new DirectoryInfo(Path);
            return folder.Exists
                ? folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName + StampOf(folder.EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal)) + names
                : "";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return ""; // it changes while it is looked at, or may not be looked at: loading says so
        }
    }

    private static string StampOf(IEnumerable<FileInfo> files)
    {
        var stamp = new StringBuilder();
        foreach (var named in files)
        {
            // A link has a length and a time of its own, which stay when the file behind it changes.
            var file = named.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? named;
            stamp.Append(CultureInfo.InvariantCulture, $"|{named.FullName}>{file.FullName}:{(file.Exists ? file.Length : -1)}:{file.LastWriteTimeUtc.Ticks}");
        }

        return stamp.ToString();
    }
}
