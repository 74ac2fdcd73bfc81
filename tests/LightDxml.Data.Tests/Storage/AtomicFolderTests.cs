using LightDxml.Storage;
using LightDxml.TestKit;

namespace LightDxml.Data.Tests.Storage;

public sealed class AtomicFolderTests : IDisposable
{
    private const string Marker = "config";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_WholeLeftover_StaysUntilThereIsAFolderAgain()
    {
        // As it is left where a process was killed between two moves, on a file system that cannot exchange folders.
        var leftover = _folder["model.tmp-999999999-00000001"];
        Directory.CreateDirectory(leftover);
        File.WriteAllText(Path.Combine(leftover, Marker), "old");
        Directory.SetLastWriteTimeUtc(leftover, DateTime.UtcNow.AddDays(-1));
        Assert.Equal([leftover], AtomicFolder.Leftovers(_folder["model"]));

        Assert.Throws<InvalidOperationException>(() => AtomicFolder.Write(_folder["model"], Marker, _ => false, _ => throw new InvalidOperationException()));
        Assert.True(Directory.Exists(leftover));

        Write("new");
        Assert.False(Directory.Exists(leftover));
        Assert.Equal("new", File.ReadAllText(_folder["model/config"]));
    }

    private void Write(string text) => AtomicFolder.Write(_folder["model"], Marker, name => name == Marker, folder => File.WriteAllText(Path.Combine(folder, Marker), text));
}
