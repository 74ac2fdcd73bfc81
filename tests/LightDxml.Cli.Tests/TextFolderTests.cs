using LightDxml.Cli.Input;
using LightDxml.Cli.Output;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

public sealed class TextFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("out/a.txt", "it is read-only")]
    [InlineData("out/sub", "is a file, not a folder")]
    public void CheckInFolders_WhereAFileCouldNotBeWritten_SaysSo(string there, string said)
    {
        Directory.CreateDirectory(_folder["out"]);
        File.WriteAllText(_folder[there], "kept");
        File.SetAttributes(_folder[there], FileAttributes.ReadOnly);
        var fault = Assert.Throws<LightDxmlException>(() => OutputFile.CheckInFolders([_folder["out/a.txt"], _folder["out/sub/b.txt"]], new FilesRead()));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        File.SetAttributes(_folder[there], FileAttributes.Normal);
    }

    [Fact]
    public void Write_WhereAFolderHasTheNameOfAFile_WritesNone()
    {
        Directory.CreateDirectory(_folder["out/5.txt"]);
        Assert.Throws<LightDxmlException>(() => TextFolder.Write(_folder["out"], staged =>
        {
            for (var file = 0; file < 10; file++)
                File.WriteAllText(Path.Combine(staged, $"{file}.txt"), "labels");
        }));
        Assert.Equal([_folder["out/5.txt"]], Directory.GetFileSystemEntries(_folder["out"]));
        Assert.Equal([_folder["out"]], Directory.GetFileSystemEntries(_folder.Path));
    }
}
