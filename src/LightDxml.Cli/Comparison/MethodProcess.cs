using System.Diagnostics;
using System.Globalization;
using LightDxml.Cli.Commands;
using LightDxml.Cli.Input;

namespace LightDxml.Cli.Comparison;

/// <summary>Runs one method in a process of its own; its messages go to <c>log.txt</c> in the method's folder.</summary>
internal static class MethodProcess
{
    private const string LogName = "log.txt";

    /// <param name="checkpointEvery">How often its training saves how far it is, as the option has it.</param>
    /// <param name="saving">Is held while the process runs, which saves before it ends: a stop waits for that.</param>
    /// <returns>Null, or why the method failed: the last thing that it said.</returns>
    /// <exception cref="OperationCanceledException">The comparison was stopped, and the method's process, which has saved how far it was, has ended.</exception>
    public static string? Run(string method, ComparisonSettings settings, DataSource train, DataSource? test, string folder, string checkpointEvery, Lock saving, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        using var process = new Process { StartInfo = Invocation(method, settings, train, test, folder, checkpointEvery) };
        var last = "";
        using (var log = new StreamWriter(Path.Combine(folder, LogName)) { AutoFlush = true, NewLine = "\n" })
        {
            var turn = new Lock();
            DataReceivedEventHandler write = (_, received) =>
            {
                if (received.Data is not { } line)
                    return;
                lock (turn)
                {
                    log.WriteLine(line);
                    last = line.Length > 0 ? line : last;
                }
            };
            process.ErrorDataReceived += write;
            process.OutputDataReceived += write;
            process.Start();
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            lock (saving)
            {
                using (stop.Register(process.StandardInput.Close))
                    process.WaitForExit();
            }
        }

        stop.ThrowIfCancellationRequested();
        if (process.ExitCode == ExitCode.Success)
            return null;
        return process.ExitCode == ExitCode.Error && last.Length > 0 ? last : $"ended with exit code {process.ExitCode}: {last}";
    }

    private static ProcessStartInfo Invocation(string method, ComparisonSettings settings, DataSource train, DataSource? test, string folder, string checkpointEvery)
    {
        var program = Environment.ProcessPath ?? throw new LightDxmlException("The system does not say which program this is; compare cannot start its methods.");
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true };
        // Threads of libtorch that wait for each other would spin, which takes many times the work where another program wants the processors.
        start.Environment.TryAdd("OMP_WAIT_POLICY", "PASSIVE");

        // Run by `dotnet LightDxml.Cli.dll`, the program is dotnet and wants the assembly first.
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"{typeof(MethodProcess).Assembly.GetName().Name}.dll"));
        string[] arguments =
        [
            MethodRunCommand.CommandName, MethodRunCommand.EndsWithParent, "--method", method, "--train", train.FullName, "--output", folder,
            .. test is not null ? ["--test", test.FullName] : (string[])["--hold-out", settings.HoldOut.ToString(CultureInfo.InvariantCulture)],
            "--top", Text(settings.Top), "--seed", Text(settings.Seed), "--threads", Text(settings.Threads),
            "--checkpoint-every", checkpointEvery,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
