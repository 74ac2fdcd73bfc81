using System.Text;
using System.Text.Json;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>The commands of docs/text.md, run in a copy of the samples.</summary>
public sealed class DocumentedCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DocumentedCommandTests()
    {
        foreach (var sample in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "samples")))
            File.Copy(sample, _folder[Path.GetFileName(sample)]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryCommandOfTheTextPage_Runs_AndTheModelsLearn()
    {
        var commands = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "text.md")).Where(line => line.StartsWith("lightdxml ", StringComparison.Ordinal)).ToList();
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

    private string Run(string command)
    {
        var (exitCode, output, messages) = Lightdxml.RunIn(_folder.Path, [.. Words(command).Skip(1)]);
        Assert.True(exitCode == 0, $"{command}: {messages}");
        return output;
    }

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
}
