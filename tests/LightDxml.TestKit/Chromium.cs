using System.Diagnostics.CodeAnalysis;

namespace LightDxml.TestKit;

/// <summary>Where the machine has Chromium: <c>CHROMIUM</c> names the executable, or it is in its usual place.</summary>
internal static class Chromium
{
    public const string Reason = "There is no Chromium: install it, or name it in the variable CHROMIUM.";

    public static string? Executable { get; } =
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
            ? named
            : new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser" }.FirstOrDefault(File.Exists);

    [MemberNotNullWhen(false, nameof(Executable))]
    public static bool IsMissing => Executable is null;

    /// <summary>It asks no other host for anything.</summary>
    public static string[] Arguments { get; } =
    [
        "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--no-first-run", "--metrics-recording-only", "--disable-default-apps",
    ];
}
