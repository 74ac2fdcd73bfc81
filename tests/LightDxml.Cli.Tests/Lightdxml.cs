using System.Diagnostics;

namespace LightDxml.Cli.Tests;

/// <summary>The tool as a process of its own, as users run it.</summary>
internal static class Lightdxml
{
    /// <summary>Runs it to its end.</summary>
    public static (int ExitCode, string Output, string Messages) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var messages = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, messages.Result);
    }

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("LIGHTDXML_KERNELS");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "LightDxml.Cli.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
