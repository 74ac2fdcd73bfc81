using System.Reflection;
using System.Runtime.InteropServices;

namespace LightDxml.Providers;

/// <summary>Whether a native library is here that comes in a package of its own.</summary>
internal static class NativeLibraryFiles
{
    /// <summary>Looks beside the program first, where nothing of the library is loaded; then the system's loader searches.</summary>
    /// <param name="library">Without prefix and ending: <c>c10</c>.</param>
    public static bool AreHere(string library, Assembly searcher) => AreIn(SearchedFolders(), library) || NativeLibrary.TryLoad(library, searcher, null, out _);

    public static bool AreIn(IEnumerable<string> folders, string library) => folders.Any(folder =>
        File.Exists(Path.Combine(folder, $"lib{library}.so")) || File.Exists(Path.Combine(folder, $"lib{library}.dylib")) || File.Exists(Path.Combine(folder, $"{library}.dll")));

    /// <summary>Where the runtime looks for the native libraries of the program's packages.</summary>
    private static IEnumerable<string> SearchedFolders() =>
        [AppContext.BaseDirectory, .. ((string?)AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)];
}
