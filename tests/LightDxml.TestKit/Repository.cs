namespace LightDxml.TestKit;

/// <summary>The checkout that the tests run in.</summary>
public static class Repository
{
    private static readonly string[] Built = ["artifacts", "bin", "obj", "node_modules", "TestResults"];

    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "LightDxml.sln")))
                folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
            return folder.FullName;
        }
    }

    /// <summary>The Markdown pages, by their paths from the root.</summary>
    public static List<string> Pages() =>
        [.. Directory.EnumerateFiles(Root, "*.md", SearchOption.AllDirectories).Where(IsOurs).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))];

    /// <summary>Whether a file is the project's own, not something that was built.</summary>
    public static bool IsOurs(string path) => !Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar).Any(Built.Contains);
}
