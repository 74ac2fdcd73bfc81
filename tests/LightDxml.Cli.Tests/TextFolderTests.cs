using LightDxml.Cli.Output;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

public sealed class TextFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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
