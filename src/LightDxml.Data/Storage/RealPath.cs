namespace LightDxml.Storage;

/// <summary>Where names lead, through links of files and of the folders above them: two names of one place have the same real path.</summary>
internal static class RealPath
{
    /// <summary>As many as Linux follows; where there are more, they lead in a circle.</summary>
    private const int MostLinks = 40;

    // Other systems mostly take capitals for small letters.
    private static readonly StringComparison Names = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>The real path of what is there, or of what would be.</summary>
    public static string Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var links = MostLinks;
        return Of(path, ref links);
    }

    /// <param name="first">A real path, as is the other.</param>
    public static bool AreSame(string first, string second) => string.Equals(first, second, Names);

    /// <param name="path">A real path, as is the folder.</param>
    public static bool IsWithin(string path, string folder) =>
        path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, Names);

    private static string Of(string path, ref int links)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        var folder = Of(parent, ref links);
        var place = Path.Combine(folder, Path.GetFileName(full));
        return new FileInfo(place).LinkTarget is { } target && links-- > 0 ? Of(Path.Combine(folder, target), ref links) : place;
    }
}
