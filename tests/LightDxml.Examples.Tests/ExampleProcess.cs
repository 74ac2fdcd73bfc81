using System.Diagnostics;
using LightDxml.TestKit;

namespace LightDxml.Examples.Tests;

/// <summary>A program as a process of its own, as users run it.</summary>
internal static class ExampleProcess
{
    public static ProcessStartInfo Example(string name, params string[] arguments) =>
        new("dotnet", [Path.Combine(Folder(name), $"LightDxml.Examples.{name}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    /// <summary>Where the build put an example: beside the tests the packages that ASP.NET brings are left out.</summary>
    public static string Folder(string name)
    {
        var output = Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "LightDxml.Examples.Tests"), AppContext.BaseDirectory);
        return Path.Combine(Repository.Root, "examples", name, output);
    }

    /// <summary>Runs it to its end, which must be a good one, and gives its output.</summary>
    public static string Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var messages = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}: {output}{messages.Result}");
        return output;
    }
}
