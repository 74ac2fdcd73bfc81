using System.Text.RegularExpressions;
using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.Reports.Model;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>What the repository promises about itself.</summary>
public sealed partial class RepositoryTests
{
    [Fact]
    public void BuildScript_EveryTargetsCommand_IsInTheReadme()
    {
        var readme = File.ReadAllText(Path.Combine(Root, "README.md"));
        var targets = Target().Matches(File.ReadAllText(Path.Combine(Root, "build.ps1"))).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        Assert.Equal(["bench", "build", "demo", "format", "pack", "restore", "test"], targets.Keys.Order(StringComparer.Ordinal));
        Assert.All(targets, target => Assert.Contains($"| `{target.Value}` | `./build.ps1 {target.Key}` |", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Readme_OpensWithTheTwoCommands()
    {
        var commands = File.ReadAllLines(Path.Combine(Root, "README.md")).Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal)).Take(2);
        Assert.Equal(["dotnet run -c Release --project src/LightDxml.Cli -- demo", "dotnet test -c Release"], commands);
    }

    [Fact]
    public void Kernels_ReferenceNothingButTheBaseLibraries() =>
        Assert.All(References(typeof(KernelSet)), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

    [Fact]
    public void Library_ReferencesNothingButTheKernels_CsvHelper_AndTheBaseLibraries() =>
        Assert.All(References(typeof(Model)).Where(name => name is not ("LightDxml.Kernels" or "CsvHelper")), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

    [Fact]
    public void Reports_ReferenceNothingButTheLibraryAndTheBaseLibraries() =>
        Assert.All(References(typeof(ReportModel)).Where(name => name != "LightDxml"), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

    [Fact]
    public void OnlyTheCommandLine_Prints()
    {
        Assert.DoesNotContain("System.Console", References(typeof(ReportModel)));
        Assert.DoesNotContain("System.Console", References(typeof(KernelSet)));
        Assert.DoesNotContain("System.Console", References(typeof(Model)));
    }

    private static string Root => Repository.Root;

    private static IEnumerable<string> References(Type type) => type.Assembly.GetReferencedAssemblies().Select(name => name.Name!);

    [GeneratedRegex(@"^    '(\w+)' \{ (.+) \}$", RegexOptions.Multiline)]
    private static partial Regex Target();
}
