using System.Text.Json;

namespace LightDxml.Cli.Tests;

public sealed class CompareTests : IDisposable
{
    private readonly TinyDataset _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Compare_TwoMethodsAndAnImport_HaveOneTable_AndASecondRunReusesThem()
    {
        var (exitCode, table, messages) = Lightdxml.Run(Compare("xr-linear,parabel"));
        Assert.True(exitCode == 0, messages);
        Assert.Contains("method 2 of 2: parabel", messages, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(_data["comparison/table.md"]), table);
        Assert.Equal(3, File.ReadAllLines(_data["comparison/table.csv"]).Length);
        var written = File.GetLastWriteTimeUtc(_data["comparison/xr-linear/method.json"]);

        (exitCode, table, messages) = Lightdxml.Run([.. Compare("xr-linear,parabel"), "--import", $"copy={_data["comparison/parabel/predictions.txt"]}"]);
        Assert.True(exitCode == 0, messages);
        Assert.Equal(written, File.GetLastWriteTimeUtc(_data["comparison/xr-linear/method.json"]));
        var rows = table.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToArray();
        Assert.Equal(["xr-linear", "parabel", "copy"], rows.Select(cells => cells[1]));
        // The import has the metrics of the predictions that it copies, and no costs.
        Assert.Equal(rows[1][2..12], rows[2][2..12]);
        Assert.Equal("", rows[2][12]);
    }

    [Fact]
    public void Compare_OneMethodFails_ItsRowSaysWhy_AndTheOthersGoOn()
    {
        var (exitCode, table, _) = Lightdxml.Run([.. Compare("xr-linear"), "--import", $"broken={_data["nowhere.txt"]}"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("| xr-linear |", table, StringComparison.Ordinal);
        Assert.Contains("| broken | failed: ", table, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(_data["comparison/table.json"]));
        Assert.Contains("nowhere.txt", json.RootElement.GetProperty("rows")[1].GetProperty("failure").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_OtherSettingsInTheSameFolder_AreRefused()
    {
        Assert.Equal(0, Lightdxml.Run(Compare("xr-linear")).ExitCode);
        var (exitCode, _, messages) = Lightdxml.Run([.. Compare("xr-linear"), "--seed", "2"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("other data or settings", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_UnknownMethod_NamesThoseThatThereAre()
    {
        var (exitCode, _, messages) = Lightdxml.Run(Compare("parable"));
        Assert.Equal(1, exitCode);
        Assert.Contains("parabel", messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data["comparison"]));
    }

    private string[] Compare(string methods) =>
        ["compare", "--train", _data["train.txt"], "--test", _data["test.txt"], "--methods", methods, "--output", _data["comparison"], "--threads", "2"];
}
