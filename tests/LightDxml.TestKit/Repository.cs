namespace LightDxml.TestKit;

/// <summary>The checkout that the tests run in.</summary>
public static class Repository
{
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
}
