using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using LightDxml.TestKit;

namespace LightDxml.Examples.Tests;

public sealed class ExampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tickets.ldx")]
    [InlineData("tickets")]
    public void TrainAndPredict_FindsThePrinter_AndPredictOnlyReadsItsModel(string name)
    {
        var trained = ExampleProcess.Run(ExampleProcess.Example("TrainAndPredict", _folder[name]));
        Assert.EndsWith("printer", trained.Split('\n')[1].TrimEnd(), StringComparison.Ordinal);
        var predicted = ExampleProcess.Run(ExampleProcess.Example("PredictOnly", _folder[name], "My password expired"));
        Assert.EndsWith("account", predicted.Split('\n')[0].TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void FeatureRows_FindsGreen()
    {
        var output = ExampleProcess.Run(ExampleProcess.Example("FeatureRows"));
        Assert.EndsWith("green", output.Split('\n')[0].TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void BatchJob_LabelsEveryLine_InTheirOrder()
    {
        ExampleProcess.Run(ExampleProcess.Example("TrainAndPredict", _folder["tickets.ldx"]));
        var texts = Enumerable.Range(0, 5_000).Select(i => i % 2 == 0 ? "The printer jams the paper" : "My password expired").ToArray();
        File.WriteAllLines(_folder["texts.txt"], texts);
        var output = ExampleProcess.Run(ExampleProcess.Example("BatchJob", _folder["tickets.ldx"], _folder["texts.txt"], _folder["labels.tsv"]));
        Assert.StartsWith("5000 texts, ", output, StringComparison.Ordinal);
        var first = File.ReadAllLines(_folder["labels.tsv"]).Select(line => line.Split('\t')).GroupBy(cells => cells[0]).Select(document => document.First()[1]);
        Assert.Equal(texts.Select(text => text.Contains("printer", StringComparison.Ordinal) ? "printer" : "account"), first);
        Assert.False(File.Exists(_folder["labels.tsv.part"]));
    }

    [Fact]
    public void BatchJob_OfAModelThatIsNotThere_LeavesNoOutput()
    {
        File.WriteAllText(_folder["texts.txt"], "The printer jams\n");
        using var process = Process.Start(ExampleProcess.Example("BatchJob", _folder["nowhere"], _folder["texts.txt"], _folder["labels.tsv"]))!;
        var messages = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith("error: ", messages, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["labels.tsv"]));
    }

    [Fact]
    public void PublishedTable_PutsItsOwnRowBesideTheOthers()
    {
        var random = new Random(1);
        Write(_folder["train.txt"], 300);
        Write(_folder["test.txt"], 60);
        var lines = ExampleProcess.Run(ExampleProcess.Example("PublishedTable", _folder["train.txt"], _folder["test.txt"])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, lines.Length);
        // Each label has a feature of its own.
        Assert.StartsWith("| LightDxml | 100.0 | ", lines[^1], StringComparison.Ordinal);

        void Write(string path, int documents) => File.WriteAllLines(path, Enumerable.Range(0, documents)
            .Select(_ => random.Next(8)).Select(label => $"{label} {label}:1 {8 + random.Next(4)}:0.1").Prepend($"{documents} 12 8"));
    }

    /// <summary>The example's own data set, from the folder that LIGHTDXML_DATA names.</summary>
    [SkippableFact]
    public void PublishedTable_OfBibtex_IsAheadOfWhatWasPublished()
    {
        var folder = Environment.GetEnvironmentVariable("LIGHTDXML_DATA");
        Skip.If(folder is null, "LIGHTDXML_DATA names no folder.");
        var path = Path.Combine(folder!, "bibtex");
        var output = ExampleProcess.Run(ExampleProcess.Example("PublishedTable", Path.Combine(path, "bibtex_train.txt"), Path.Combine(path, "bibtex_test.txt")));
        var first = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).Select(row => double.Parse(row.Split('|')[2], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.All(first[..^1], published => Assert.True(first[^1] > published, $"P@1 is {first[^1]}, and {published} was published"));
    }

    [Fact]
    public Task WebService_AnswersOverHttp() => ServeAsync("WebService", async (client, stop) =>
    {
        using var answer = await client.PostAsJsonAsync(new Uri("/labels", UriKind.Relative), new { text = "The printer jams", top = 2 }, stop);
        answer.EnsureSuccessStatusCode();
        var labels = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        Assert.Equal(2, labels.GetArrayLength());
        Assert.Equal("printer", labels[0].GetProperty("label").GetString());
    });

    [Fact]
    public Task LabelService_AnswersAtItsOwnAddress_AndThoseOfTheApi() => ServeAsync("LabelService", async (client, stop) =>
    {
        Assert.Equal("printer", await client.GetStringAsync(new Uri("/queue?ticket=The+printer+jams+the+paper", UriKind.Relative), stop));
        using var answer = await client.PostAsJsonAsync(new Uri("/v1/models/tickets/predict", UriKind.Relative), new { text = "The printer jams", top = 1 }, stop);
        var labels = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        Assert.Equal("printer", labels.GetProperty("labels")[0].GetProperty("label").GetString());
        Assert.Contains("<h1>", await client.GetStringAsync(new Uri("/", UriKind.Relative), stop), StringComparison.Ordinal);
    });

    /// <summary>Starts an example that serves, on a model of another one.</summary>
    private async Task ServeAsync(string example, Func<HttpClient, CancellationToken, Task> use)
    {
        ExampleProcess.Run(ExampleProcess.Example("TrainAndPredict", _folder["tickets.ldx"]));
        using var process = Process.Start(ExampleProcess.Example(example, "--model", _folder["tickets.ldx"], "--urls", "http://127.0.0.1:0"))!;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            const string listening = "Now listening on: ";
            string? line;
            do
                line = await process.StandardOutput.ReadLineAsync(patience.Token);
            while (line is not null && !line.Contains(listening, StringComparison.Ordinal));
            Assert.NotNull(line);
            using var client = new HttpClient { BaseAddress = new Uri(line[(line.IndexOf(listening, StringComparison.Ordinal) + listening.Length)..].Trim()) };
            await use(client, patience.Token);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }
}
