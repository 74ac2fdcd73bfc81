using System.Diagnostics;

namespace LightDxml.Cli.Tests;

/// <summary>The tool as a process of its own, as users run it.</summary>
internal static class Lightdxml
{
    /// <summary>Runs it to its end.</summary>
    public static (int ExitCode, string Output, string Messages) Run(params string[] arguments) => Run(StartInfo(arguments));

    /// <summary>Runs it to its end, in a folder.</summary>
    public static (int ExitCode, string Output, string Messages) RunIn(string folder, params string[] arguments)
    {
        var start = StartInfo(arguments);
        start.WorkingDirectory = folder;
        return Run(start);
    }

    /// <summary>Runs a copy of it in another folder to its end.</summary>
    public static (int ExitCode, string Output, string Messages) RunAt(string toolFolder, params string[] arguments) =>
        Run(StartInfo(arguments, toolFolder));

    /// <summary>Runs it to its end, with a limit to its managed heap.</summary>
    public static (int ExitCode, string Output, string Messages) RunWithHeapLimit(long bytes, params string[] arguments)
    {
        var start = StartInfo(arguments);
        start.Environment["DOTNET_GCHeapHardLimit"] = $"0x{bytes:X}";
        return Run(start);
    }

    /// <summary>Runs it to its end, with environment variables.</summary>
    public static (int ExitCode, string Output, string Messages) RunWith(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = StartInfo(arguments);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Run(start);
    }

    public static Process Start(params string[] arguments) => Process.Start(StartInfo(arguments))!;

    /// <summary>Runs it to its end, and gives it a text to read.</summary>
    public static (int ExitCode, string Output, string Messages) RunWithInput(string input, params string[] arguments)
    {
        var start = StartInfo(arguments);
        start.RedirectStandardInput = true;
        return Run(start, input);
    }

    private static (int ExitCode, string Output, string Messages) Run(ProcessStartInfo start, string? input = null)
    {
        using var process = Process.Start(start)!;
        if (input is not null)
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }

        var messages = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, messages.Result);
    }

    public static ProcessStartInfo StartInfo(string[] arguments, string? toolFolder = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("LIGHTDXML_KERNELS");
        start.ArgumentList.Add(Path.Combine(toolFolder ?? AppContext.BaseDirectory, "LightDxml.Cli.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}
