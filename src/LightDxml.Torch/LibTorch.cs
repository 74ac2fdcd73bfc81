using System.Runtime.InteropServices;

namespace LightDxml.Torch;

/// <summary>Whether libtorch itself is here, which comes in a package of its own: it is hundreds of megabytes, and one a system.</summary>
internal static class LibTorch
{
    /// <summary>The smallest of its libraries, which all others need.</summary>
    private const string Library = "c10";

    private static readonly Lazy<string?> Reason = new(() => IsHere(SearchedFolders()) || IsInstalled() ? null : HowToGet(RuntimeInformation.RuntimeIdentifier));

    /// <summary>Which command adds it; null where it is here. Loads nothing of it that lies beside the program.</summary>
    public static string? WhyMissing => Reason.Value;

    /// <param name="system">The runtime identifier: <c>linux-x64</c>.</param>
    internal static string HowToGet(string system) =>
        "libtorch is not in this build; `dotnet build -c Release src/LightDxml.Cli -p:LibTorch=cpu` adds it, `-p:LibTorch=cuda` that for CUDA devices "
        + $"(a program of your own: `dotnet add package libtorch-cpu-{system}`)";

    internal static bool IsHere(IEnumerable<string> folders) => folders.Any(folder =>
        File.Exists(Path.Combine(folder, $"lib{Library}.so")) || File.Exists(Path.Combine(folder, $"lib{Library}.dylib")) || File.Exists(Path.Combine(folder, $"{Library}.dll")));

    /// <summary>Where the runtime looks for the native libraries of the program's packages.</summary>
    private static IEnumerable<string> SearchedFolders() =>
        [AppContext.BaseDirectory, .. ((string?)AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)];

    // What the system's own loader finds, by its path variable or its folders.
    private static bool IsInstalled() => NativeLibrary.TryLoad(Library, typeof(LibTorch).Assembly, null, out _);
}
