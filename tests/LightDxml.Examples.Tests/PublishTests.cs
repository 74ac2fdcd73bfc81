using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using LightDxml.TestKit;

namespace LightDxml.Examples.Tests;

/// <summary>A program that predicts is published as one file, trimmed and compiled ahead of time, and prints the same bits.</summary>
public sealed class PublishTests : IDisposable
{
    /// <summary>What restore says of a package that no source has.</summary>
    private static readonly string[] NotServed = ["NU1101", "NU1102", "NETSDK1094"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void PredictOnly_OneFileTrimmedAndAheadOfTime_PrintsTheSameBits()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "What links native programs is looked for on Linux alone.");
        ExampleProcess.Run(ExampleProcess.Example("TrainAndPredict", _folder["tickets.ldx"]));
        ExampleProcess.Run(ExampleProcess.Example("TrainAndPredict", _folder["tickets"]));
        var missing = new List<string>();
        Same("one file", "--self-contained", "false", "-p:PublishSingleFile=true");
        Same("trimmed", "--self-contained", "true", "-p:PublishTrimmed=true", "-p:TrimmerSingleWarn=false");
        var linker = new[] { "clang", "gcc" }.FirstOrDefault(IsHere);
        if (linker is null)
            missing.Add("ahead of time: neither clang nor gcc is here to link with");
        else
            // Without the processor's vectors sums run in another order, and scores differ in their last bits.
            Same("ahead of time", "-p:PublishAot=true", $"-p:CppCompilerAndLinker={linker}", "-p:IlcInstructionSet=native", "-p:TrimmerSingleWarn=false");
        Skip.If(missing.Count > 0, string.Join("; ", missing));

        void Same(string way, params string[] flags)
        {
            var output = _folder[way.Replace(' ', '-')];
            string[] arguments =
            [
                "publish", Path.Combine(Repository.Root, "examples", "PredictOnly"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier,
                "--artifacts-path", _folder["artifacts"], "-o", output, "-p:RunAnalyzers=false", .. flags,
            ];
            var (exitCode, log) = Run("dotnet", arguments);
            if (exitCode != 0 && NotServed.Any(code => log.Contains(code, StringComparison.Ordinal)))
            {
                missing.Add($"{way}: its packages are not served here");
                return;
            }

            Assert.True(exitCode == 0, log);
            Assert.DoesNotContain("warning", log, StringComparison.OrdinalIgnoreCase);
            foreach (var model in new[] { _folder["tickets.ldx"], _folder["tickets"] })
            {
                const string text = "The printer on floor 3 jams, it is urgent";
                var expected = ExampleProcess.Run(ExampleProcess.Example("PredictOnly", model, text));
                var (ended, printed) = Run(Path.Combine(output, "LightDxml.Examples.PredictOnly"), model, text);
                Assert.Equal((0, expected), (ended, printed));
            }
        }
    }

    private static bool IsHere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var faults = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, string.Create(CultureInfo.InvariantCulture, $"{output}{faults.Result}"));
    }
}
