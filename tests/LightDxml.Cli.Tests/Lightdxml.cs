using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LightDxml.Cli.Tests;

/// <summary>The tool as a process of its own, as users run it.</summary>
internal static partial class Lightdxml
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

    /// <summary>Runs it to its end, with variables of its environment.</summary>
    public static (int ExitCode, string Output, string Messages) RunWith(Dictionary<string, string> variables, params string[] arguments)
    {
        var start = StartInfo(arguments);
        foreach (var (name, value) in variables)
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

    /// <summary>The address of a service that has just been started, once it says that it serves there.</summary>
    public static async Task<Uri> AddressAsync(Process service)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await service.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            if (Serving().Match(line) is { Success: true } serving)
                return new Uri(serving.Groups[1].Value);
        }

        throw new InvalidOperationException("The service ended before it began.");
    }

    [GeneratedRegex(@"^Serving .* at (http://\S+)\. Ctrl-C ends it\.$")]
    private static partial Regex Serving();
}
