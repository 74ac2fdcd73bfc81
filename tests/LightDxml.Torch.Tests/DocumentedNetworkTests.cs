using System.Diagnostics;
using System.Text.Json;
using LightDxml.TestKit;
using LightDxml.Torch.Networks;

namespace LightDxml.Torch.Tests;

/// <summary>The command of the page of baselines that trains every network for a few steps, run as users run it.</summary>
[Collection(TorchTests.Name)]
public sealed class DocumentedNetworkTests
{
    [SkippableFact]
    public void CommandOfThePage_TrainsEveryNetwork()
    {
        TorchBuild.Require();
        var command = Assert.Single(File.ReadLines(Path.Combine(Repository.Root, "docs", "baselines.md")), line => line.StartsWith("lightdxml compare --train eurovoc-train.jsonl ", StringComparison.Ordinal));
        using var folder = new TemporaryFolder();
        foreach (var sample in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "samples"), "eurovoc-*"))
            File.Copy(sample, folder[Path.GetFileName(sample)]);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "LightDxml.Cli.dll"), .. command.Split(' ').Skip(1), "--threads", "1"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The tool that lies here was built without libtorch and encoders. They lie here, too, for the tests.
        start.Environment["DOTNET_ADDITIONAL_DEPS"] = Path.Combine(AppContext.BaseDirectory, "LightDxml.Torch.Tests.deps.json");
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var messages = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, messages);
        using var table = JsonDocument.Parse(File.ReadAllText(folder["few-steps/table.json"]));
        Assert.Equal(
            TextNetworks.All.Select(family => family.Name).Order(StringComparer.Ordinal),
            table.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("name").GetString()!.Split('+')[0]).Distinct().Order(StringComparer.Ordinal));
    }
}
