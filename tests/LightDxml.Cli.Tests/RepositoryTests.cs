using System.Text.RegularExpressions;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>What a newcomer reads holds: the shortcuts of build.ps1 are those of CONTRIBUTING.md.</summary>
public sealed partial class RepositoryTests
{
    [Fact]
    public void BuildScript_HasTheTargetsOfTheContributingPage()
    {
        var script = File.ReadAllText(Path.Combine(Repository.Root, "build.ps1"));
        var page = File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md"));
        string[] targets = [.. Target().Matches(script).Select(match => match.Groups[1].Value)];
        Assert.Contains("test", targets);
        Assert.Equal(targets.Order(StringComparer.Ordinal), Shortcut().Matches(page).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.Contains($"The targets are {string.Join(", ", targets)}.", script, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^    '(\w+)' \{", RegexOptions.Multiline)]
    private static partial Regex Target();

    [GeneratedRegex(@"\| `\./build\.ps1 (\w+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Shortcut();
}
