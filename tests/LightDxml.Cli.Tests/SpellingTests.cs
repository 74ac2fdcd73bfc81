using System.Diagnostics;
using System.Text.RegularExpressions;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>The words of the pages stand in the dictionary of GNU Aspell, or in docs/words.txt: terms of the field, and names.</summary>
public sealed partial class SpellingTests
{
    private const string Reason = "There is no aspell with an English dictionary (aspell, aspell-en).";
    private static readonly HashSet<string> Known = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "words.txt"))];

    [SkippableFact]
    public void EveryWordOfThePages_IsKnown()
    {
        var pages = Repository.Pages();
        var unknown = Unknown(string.Concat(pages.Select(page => File.ReadAllText(Path.Combine(Repository.Root, page)))));
        Assert.Equal([], unknown);
    }

    [SkippableTheory]
    [InlineData("The model is traned.", "traned")]
    [InlineData("# A headding", "headding")]
    [InlineData("| a cell | of a tabel |", "tabel")]
    [InlineData("The [link](page.md) is a lnik.", "lnik")]
    public void MisspeltWord_IsFound(string text, string word) => Assert.Equal([word], Unknown(text));

    [SkippableTheory]
    [InlineData("The setting `traned` and\n```\na headding\n```\n<!-- tabel --> [x](lnik.md) <b>https://lnik.org</b>")]
    [InlineData("LightDxml, P@1, nDCG and EURLEX57K; Parabel's logits")]
    public void Code_Links_AndNames_AreNoWords(string text) => Assert.Empty(Unknown(text));

    private static string[] Unknown(string text)
    {
        using var process = Start();
        Skip.If(process is null, Reason);
        string[] words = [.. Word().Matches(NoProse().Replace(text, " ")).Select(match => match.Value).Distinct().Where(word => !Known.Contains(word.ToLowerInvariant()))];
        var answer = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(string.Join('\n', words) + "\n");
        process.StandardInput.Close();
        process.WaitForExit();
        Skip.If(process.ExitCode != 0, Reason);
        return [.. answer.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal)];
    }

    private static Process? Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo("aspell", ["list", "--lang=en_GB", "--encoding=utf-8"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Code, comments, addresses, markup.</summary>
    [GeneratedRegex(@"^```.*?^```|`[^`]+`|<!--.*?-->|\]\([^)]*\)|https?://\S+|<[^>\n]+>", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex NoProse();

    /// <summary>Words; what has digits or capitals within is a name or a term.</summary>
    [GeneratedRegex(@"(?<![\w@+.'-])\p{L}\p{Ll}+('\p{Ll}+)?(?![\w@+])")]
    private static partial Regex Word();
}
