namespace LightDxml.TestKit;

/// <summary>
/// The folder of real data sets, where the machine has one: <c>LIGHTDXML_DATA</c>, or <c>shared/data</c> beside the checkout.
/// Tests that need it are skipped, visibly, without it.
/// </summary>
internal static class SharedData
{
    public static string? Folder { get; } = Find();

    public static string? PathOf(string relative) =>
        Folder is not null && Path.Combine(Folder, relative) is var path && Path.Exists(path) ? path : null;

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("LIGHTDXML_DATA") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
