using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>What makes a service of the tool on a machine: the unit of systemd, and the settings of its container.</summary>
public sealed partial class PackagingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Unit { get; } = File.ReadAllText(Path.Combine(Repository.Root, "packaging", "systemd", "lightdxml.service"));

    [SkippableFact]
    public void Unit_IsOneThatSystemdTakes()
    {
        Skip.IfNot(File.Exists("/usr/bin/systemd-analyze"), "There is no systemd-analyze.");
        Assert.Contains("ExecStart=/usr/local/bin/lightdxml ", Unit, StringComparison.Ordinal);
        Assert.Equal((0, ""), Verify(Unit.Replace("/usr/local/bin/lightdxml", "/bin/true", StringComparison.Ordinal)));
        Assert.Contains("Unknown key", Verify(Unit.Replace("/usr/local/bin/lightdxml", "/bin/true", StringComparison.Ordinal).Replace("Restart=", "Restrat=", StringComparison.Ordinal)).Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Unit_NamesOptionsThatServeHas()
    {
        var (_, help, _) = Lightdxml.Run("serve", "--help");
        var options = OptionName().Matches(string.Join('\n', Unit.Split('\n').Where(line => !line.StartsWith('#')))).Select(match => match.Value).ToArray();
        Assert.Contains("--model", options);
        Assert.All(options, option => Assert.Contains($"{option} ", help, StringComparison.Ordinal));
    }

    [Fact]
    public void Container_StartsTheTool_OnABaseWithAspNetCore()
    {
        string[] arguments =
        [
            "msbuild", Path.Combine(Repository.Root, "src", "LightDxml.Cli", "LightDxml.Cli.csproj"), "-nodeReuse:false", "-t:ComputeContainerConfig",
            "-getProperty:ContainerBaseImage,ContainerRepository", "-getItem:ContainerAppCommand,ContainerPort",
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        var evaluated = JsonDocument.Parse(output).RootElement;
        Assert.Matches("/dotnet/aspnet:10\\.0-noble-chiseled-extra$", evaluated.GetProperty("Properties").GetProperty("ContainerBaseImage").GetString());
        Assert.Equal("lightdxml", evaluated.GetProperty("Properties").GetProperty("ContainerRepository").GetString());
        Assert.Equal(["dotnet", "/app/LightDxml.Cli.dll"], Items("ContainerAppCommand"));
        Assert.Equal(["8080"], Items("ContainerPort"));

        IEnumerable<string> Items(string name) => evaluated.GetProperty("Items").GetProperty(name).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);
    }

    public void Dispose() => _folder.Dispose();

    private (int Exit, string Messages) Verify(string unit)
    {
        var path = _folder["lightdxml.service"];
        File.WriteAllText(path, unit);
        using var process = Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", "--man=no", path]) { RedirectStandardError = true })!;
        var messages = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, messages);
    }

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex OptionName();
}
