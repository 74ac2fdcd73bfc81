using System.Text.RegularExpressions;
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

    private static string Root => Repository.Root;

    [GeneratedRegex(@"^    '(\w+)' \{ (.+) \}$", RegexOptions.Multiline)]
    private static partial Regex Target();
}
