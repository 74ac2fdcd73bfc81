using System.Runtime.InteropServices;
using LightDxml.Providers;

namespace LightDxml.Torch;

/// <summary>Whether libtorch itself is here, which comes in a package of its own: it is hundreds of megabytes, and one a system.</summary>
internal static class LibTorch
{
    /// <summary>The smallest of its libraries, which all others need.</summary>
    internal const string Library = "c10";

    private static readonly Lazy<string?> Reason = new(() => NativeLibraryFiles.AreHere(Library, typeof(LibTorch).Assembly) ? null : HowToGet(RuntimeInformation.RuntimeIdentifier));

    /// <summary>Which command adds it; null where it is here. Loads nothing of it that lies beside the program.</summary>
    public static string? WhyMissing => Reason.Value;

    /// <param name="system">The runtime identifier: <c>linux-x64</c>.</param>
    internal static string HowToGet(string system) =>
        "libtorch is not in this build; `dotnet build -c Release src/LightDxml.Cli -p:LibTorch=cpu` adds it, `-p:LibTorch=cuda` that for CUDA devices "
        + $"(a program of your own: `dotnet add package libtorch-cpu-{system}`)";
}
