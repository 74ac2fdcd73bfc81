using System.Text.Json;
using System.Text.RegularExpressions;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>What the pages refer to is there: files, headings, messages of the program, pages in the table of contents.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void EveryLink_LeadsToAFile_AndToAHeadingInIt()
    {
        var pages = Repository.Pages();
        Assert.Superset(new HashSet<string> { "README.md", "ARCHITECTURE.md", "docs/text.md", "docs/decisions/README.md" }, pages.ToHashSet());
        Assert.Empty(pages.SelectMany(BrokenLinks));
    }

    [Theory]
    [InlineData("[a](nowhere.md)", "nowhere.md")]
    [InlineData("![a](images/nothing.svg)", "images/nothing.svg")]
    [InlineData("[a](#no-such-heading)", "#no-such-heading")]
    [InlineData("[a](glossary.md#no-such-heading)", "glossary.md#no-such-heading")]
    public void LinkThatLeadsNowhere_IsFound(string text, string link) => Assert.Contains(link, BrokenLinks("docs/page.md", text), StringComparer.Ordinal);

    [Theory]
    [InlineData("[a](text.md#all-formats) and [b](../README.md)")]
    [InlineData("# Two words, and a `name`\n[a](#two-words-and-a-name)")]
    [InlineData("`[a](nowhere.md)`\n```\n[a](nowhere.md)\n```\n[a](https://example.org/nowhere)")]
    public void LinkThatLeadsSomewhere_IsNone(string text) => Assert.Empty(BrokenLinks("docs/page.md", text));

    [Fact]
    public void EveryPage_StandsInATableOfContents_Once()
    {
        var listed = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "toc.yml", SearchOption.AllDirectories)
            .SelectMany(toc => Entry().Matches(File.ReadAllText(toc))
                .Select(match => Path.GetRelativePath(Repository.Root, Path.GetFullPath(match.Groups[1].Value, Path.GetDirectoryName(toc)!)).Replace('\\', '/')))
            .Where(path => path.EndsWith(".md", StringComparison.Ordinal)).ToList();
        Assert.Equal(listed.Distinct(), listed);
        Assert.Equal([], Repository.Pages().Where(page => page.StartsWith("docs/", StringComparison.Ordinal)).Except(listed));
    }

    [Fact]
    public void EveryMessageOfTheTroubleshootingPage_StandsInTheSource()
    {
        var sources = string.Concat(new[] { "src", "native-kernels" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)).Where(Repository.IsOurs).Select(File.ReadAllText));
        var messages = Message().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "troubleshooting.md"))).Select(match => match.Groups[1].Value).ToList();
        Assert.True(messages.Count >= 12, $"{messages.Count} messages");
        Assert.Equal([], messages.SelectMany(message => message.Split('…', StringSplitOptions.RemoveEmptyEntries)).Select(part => part.Trim()).Where(part => !sources.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public void EveryLibraryWithPublicMembers_StandsInTheReference()
    {
        using var site = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docfx.json")));
        var documented = site.RootElement.GetProperty("metadata")[0].GetProperty("src")[0].GetProperty("files").EnumerateArray().Select(file => file.GetString()!);
        var open = new[] { "src", "native-kernels" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "PublicAPI.*.txt", SearchOption.AllDirectories))
            .Where(file => File.ReadLines(file).Any(line => line.Length > 0 && line[0] != '#'))
            .Select(file => $"{Path.GetFileName(Path.GetDirectoryName(file))}.dll").Distinct();
        Assert.Equal(open.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryPackageThatTheToolHolds_StandsInItsNotices()
    {
        using var dependencies = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "LightDxml.Cli.deps.json")));
        var packages = dependencies.RootElement.GetProperty("targets").EnumerateObject().Single().Value.EnumerateObject()
            .Where(library => dependencies.RootElement.GetProperty("libraries").GetProperty(library.Name).GetProperty("type").GetString() == "package")
            .Where(library => library.Value.TryGetProperty("runtime", out _) || library.Value.TryGetProperty("runtimeTargets", out _))
            .Select(library => library.Name.Split('/')[0]).ToList();
        Assert.Contains("SharpCompress", packages);
        var notices = File.ReadAllText(Path.Combine(Repository.Root, "src", "LightDxml.Cli", "THIRD-PARTY-NOTICES.md"));
        Assert.Equal([], packages.Where(package => !notices.Contains($"| {package} |", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> BrokenLinks(string page) =>
        BrokenLinks(page, File.ReadAllText(Path.Combine(Repository.Root, page))).Select(link => $"{page}: {link}");

    private static List<string> BrokenLinks(string page, string text)
    {
        var prose = Code().Replace(text, "");
        return [.. Link().Matches(prose).Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal) && !IsThere(link))];

        bool IsThere(string link)
        {
            var parts = link.Split('#', 2);
            var path = parts[0].Length == 0 ? null : Path.GetFullPath(parts[0], Path.GetDirectoryName(Path.Combine(Repository.Root, page))!);
            if (path is not null && !File.Exists(path) && !Directory.Exists(path))
                return false;
            return parts.Length == 1 || Headings(path is null ? text : File.ReadAllText(path)).Contains(parts[1], StringComparer.Ordinal);
        }
    }

    /// <summary>The anchors that GitHub and DocFX give the headings of a page.</summary>
    private static IEnumerable<string> Headings(string text) =>
        Heading().Matches(Fence().Replace(text, "")).Select(match => Dropped().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"^```.*?^```|`[^`\n]+`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\(([^()\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Dropped();

    [GeneratedRegex(@"^\s*-?\s*href: (\S+?)(?:#\S*)?$", RegexOptions.Multiline)]
    private static partial Regex Entry();

    /// <summary>The first column of the page's tables: a message with … for what varies.</summary>
    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Message();
}
