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
