using LightDxml.Cli.Commands;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

public sealed class DemoDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_IntoANewOrEmptyFolder_OrThatOfAnEarlierDemo_WritesTheSame()
    {
        var (train, test) = DemoData.Write(_folder["new/demo"]);
        var expected = (File.ReadAllText(train), File.ReadAllText(test));
        File.Delete(test);
        File.WriteAllText(_folder["new/demo/report.json"], "{}");
        Directory.CreateDirectory(_folder["empty"]);
        foreach (var folder in (string[])["new/demo", "empty"])
        {
            (train, test) = DemoData.Write(_folder[folder]);
            Assert.Equal(expected, (File.ReadAllText(train), File.ReadAllText(test)));
        }
    }

    [Theory]
    [InlineData("report.html")]
    [InlineData("train.jsonl")]
    [InlineData("test.jsonl")]
    public void Write_WhereAFileOfAnotherIs_IsRefused_AndWritesNothing(string name)
    {
        Directory.CreateDirectory(_folder["out"]);
        if (name == "test.jsonl")
            DemoData.Write(_folder["out"]);
        File.WriteAllText(_folder[$"out/{name}"], "mine");
        var before = Directory.GetFileSystemEntries(_folder["out"]);
        Assert.Contains("it is left as it is", Assert.Throws<LightDxmlException>(() => DemoData.Write(_folder["out"])).Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder[$"out/{name}"]));
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder["out"]));
    }

    [Fact]
    public void Write_WhereAFileHasTheName_IsRefused() =>
        Assert.Contains("is a file, not a folder", Assert.Throws<LightDxmlException>(() => DemoData.Write(_folder.Write("out", "mine"))).Message, StringComparison.Ordinal);
}
