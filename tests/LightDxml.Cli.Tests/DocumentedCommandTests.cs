using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>The commands that the documentation shows, run in a copy of the samples.</summary>
public sealed partial class DocumentedCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DocumentedCommandTests()
    {
        foreach (var sample in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "samples")))
            File.Copy(sample, _folder[Path.GetFileName(sample)]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryCommandOfTheTextPages_Runs_AndTheModelsLearn()
    {
        // The page of thresholds goes on with the models of the page of text.
        var commands = Lines("docs/text.md", "lightdxml ").Concat(Lines("docs/thresholds.md", "lightdxml ")).ToList();
        Assert.True(commands.Count >= 15, $"{commands.Count} commands");
        var outputs = commands.ToDictionary(command => command, Run);

        // Of five to seven labels each; the samples' words give them away.
        foreach (var (command, output) in outputs.Where(run => run.Key.StartsWith("lightdxml evaluate", StringComparison.Ordinal)))
        {
            var precision = double.Parse(output.Split('\n').First(line => line.StartsWith("P ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(precision > 70, $"{command}: P@1 is {precision}");
        }

        Assert.Contains("cs.RO", Output("arxiv-model --text"), StringComparison.Ordinal);
        Assert.Contains("(", Output("arxiv-model --text"), StringComparison.Ordinal);
        Assert.Contains("tropical fruit", Output("eurovoc-model --text"), StringComparison.Ordinal);
        Assert.Contains("agriculture", Output("eurovoc-model --text"), StringComparison.Ordinal);
        Assert.Contains("\ndepth ", Output("evaluate --model eurovoc-model"), StringComparison.Ordinal);
        Assert.Contains("knives", Output("tags-model --text"), StringComparison.Ordinal);
        var lines = File.ReadAllLines(_folder["mesh-predictions.jsonl"]);
        Assert.Equal(12, lines.Length);
        using var first = JsonDocument.Parse(lines[0]);
        Assert.Equal("90048", first.RootElement.GetProperty("id").GetString());
        Assert.Equal(3, first.RootElement.GetProperty("labels").GetArrayLength());

        string Output(string part) => outputs.Single(run => run.Key.Contains(part, StringComparison.Ordinal)).Value;
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/tutorial.md")]
    public async Task EveryCommandOfTheFirstSteps_Runs_AndTheServiceAnswers(string page)
    {
        var commands = Lines(page, "lightdxml ");
        var outputs = commands.Where(command => !command.StartsWith("lightdxml serve ", StringComparison.Ordinal)).ToDictionary(command => command, Run);
        foreach (Match shown in Shown().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n")))
        {
            var labels = LabelsOf(outputs[shown.Groups["command"].Value]);
            Assert.Equal(LabelsOf(shown.Groups["output"].Value).Take(2), labels.Take(2));
            Assert.Equal(LabelsOf(shown.Groups["output"].Value).Order(), labels.Order());
        }

        Assert.True(File.Exists(_folder["report/report.html"]), "The page makes no report.");
        Assert.Contains(commands, command => command.StartsWith("lightdxml predict ", StringComparison.Ordinal));

        var serve = Assert.Single(commands, command => command.StartsWith("lightdxml serve ", StringComparison.Ordinal));
        var request = Curl().Match(Assert.Single(Lines(page, "curl ")));
        Assert.True(request.Success, "The page's request is of another form.");
        var start = Lightdxml.StartInfo([.. Words(serve).Skip(1), "--urls", "http://127.0.0.1:0"]);
        start.WorkingDirectory = _folder.Path;
        using var service = Process.Start(start)!;
        using var client = new HttpClient { BaseAddress = await Lightdxml.AddressAsync(service) };
        using var content = new StringContent(request.Groups["body"].Value, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(request.Groups["path"].Value, UriKind.Relative), content);
        Assert.Contains("\"label\":\"cs.RO\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        service.Kill();
    }

    private static List<string> Lines(string page, string start) =>
        [.. File.ReadAllLines(Path.Combine(Repository.Root, page)).Where(line => line.StartsWith(start, StringComparison.Ordinal))];

    private string Run(string command)
    {
        var (exitCode, output, messages) = Lightdxml.RunIn(_folder.Path, [.. Words(command).Skip(1)]);
        Assert.True(exitCode == 0, $"{command}: {messages}");
        return output;
    }

    private static string[] LabelsOf(string output) => [.. LabelLine().Matches(output).Select(line => line.Groups["label"].Value)];

    private static IEnumerable<string> Words(string command)
    {
        var word = new StringBuilder();
        var isQuoted = false;
        foreach (var letter in command + " ")
        {
            if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (letter == ' ' && !isQuoted)
            {
                if (word.Length > 0)
                    yield return word.ToString();
                word.Clear();
            }
            else
            {
                word.Append(letter);
            }
        }
    }

    /// <summary>A command, and what it prints.</summary>
    [GeneratedRegex("```\n(?<command>lightdxml [^\n]+)\n```\n\n```\n(?<output>[^`]*)```")]
    private static partial Regex Shown();

    [GeneratedRegex(@"^  [0-9.]+  (?<label>\S+)", RegexOptions.Multiline)]
    private static partial Regex LabelLine();

    [GeneratedRegex("^curl -H 'Content-Type: application/json' -d '(?<body>[^']+)' http://127\\.0\\.0\\.1:8080(?<path>/\\S+)$")]
    private static partial Regex Curl();
}
