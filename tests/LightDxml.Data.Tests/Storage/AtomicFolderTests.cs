using System.Runtime.Versioning;
using LightDxml.Storage;
using LightDxml.TestKit;

namespace LightDxml.Data.Tests.Storage;

public sealed class AtomicFolderTests : IDisposable
{
    private const string Marker = "config";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CheckWritable_BelowAFile_NamesIt()
    {
        File.WriteAllText(_folder["file"], "");
        Assert.Contains($"{_folder["file"]} is a file, not a folder.", Assert.Throws<LightDxmlException>(() => AtomicFolder.CheckWritable(_folder["file/a/b"])).Message, StringComparison.Ordinal);
    }

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

    [Fact]
    public void Write_OverAFolderWithOthersLinks_KeepsThemAsLinks_WhereverTheyLead()
    {
        Write("old");
        Directory.CreateDirectory(_folder["elsewhere"]);
        File.WriteAllText(_folder["elsewhere/notes"], "precious");
        (string Link, string Target)[] links =
        [
            ("model/nowhere", "missing"), ("model/file", "../elsewhere/notes"), ("model/plots/folder", _folder["elsewhere"]), ("model/itself", "."),
        ];
        Directory.CreateDirectory(_folder["model/plots"]);
        foreach (var (link, target) in links)
            File.CreateSymbolicLink(_folder[link], target);

        Write("new");

        Assert.All(links, link => Assert.Equal(link.Target, new FileInfo(_folder[link.Link]).LinkTarget));
        Assert.Equal("precious", File.ReadAllText(_folder["model/plots/folder/notes"]));
        Assert.Equal("new", File.ReadAllText(_folder["model/config"]));
        Assert.Equal(["elsewhere", "model"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_OverAFolderWithAFileToReadAlone_KeepsIt()
    {
        Write("old");
        File.WriteAllText(_folder["model/notes"], "precious");
        File.SetAttributes(_folder["model/notes"], FileAttributes.ReadOnly);

        Write("new");

        Assert.Equal("precious", File.ReadAllText(_folder["model/notes"]));
        Assert.True(File.GetAttributes(_folder["model/notes"]).HasFlag(FileAttributes.ReadOnly));
        File.SetAttributes(_folder["model/notes"], FileAttributes.Normal);
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void Write_OverAFolder_KeepsItsPermissionsAndThoseOfItsFiles()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite, OwnFolder = Own | UnixFileMode.UserExecute;
        Write("old");
        Directory.CreateDirectory(_folder["model/plots"]);
        File.WriteAllText(_folder["model/plots/one"], "precious");
        foreach (var (name, mode) in new[] { ("model/config", Own), ("model/plots", OwnFolder), ("model", OwnFolder) })
            File.SetUnixFileMode(_folder[name], mode);

        Write("new");

        Assert.Equal("new", File.ReadAllText(_folder["model/config"]));
        Assert.Equal((Own, OwnFolder, OwnFolder), (File.GetUnixFileMode(_folder["model/config"]), File.GetUnixFileMode(_folder["model/plots"]), File.GetUnixFileMode(_folder["model"])));
    }

    [SkippableTheory]
    [InlineData("model")]
    [InlineData("model/config")]
    [UnsupportedOSPlatform("windows")]
    public void Write_OverAReadOnlyFolder_IsRefused(string name)
    {
        Skip.If(OperatingSystem.IsWindows(), "Folders of Windows have no such permission.");
        Write("old");
        var before = File.GetUnixFileMode(_folder[name]);
        File.SetUnixFileMode(_folder[name], before & ~(UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite));

        Assert.Contains("it is read-only", Assert.Throws<LightDxmlException>(() => AtomicFolder.CheckTarget(_folder["model"], Marker)).Message, StringComparison.Ordinal);
        Assert.Throws<LightDxmlException>(() => Write("new"));

        Assert.Equal("old", File.ReadAllText(_folder["model/config"]));
        File.SetUnixFileMode(_folder[name], before);
    }

    [SkippableFact]
    public void Write_OverAFolderWithWhatCannotBeCopied_SaysSo_AndLeavesTheOldOne()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Sockets in folders are Unix's.");
        Write("old");
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(_folder["model/socket"]));

        var fault = Assert.Throws<LightDxmlException>(() => Write("new"));

        Assert.Contains("model/socket: cannot be kept: it is a socket", fault.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(_folder["model/config"]));
        Assert.Equal([_folder["model"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(UnauthorizedAccessException))]
    public void Write_WhereTheDiskFails_SaysSo_AndLeavesNothing(Type fault)
    {
        var thrown = Assert.Throws<LightDxmlException>(() =>
            AtomicFolder.Write(_folder["model"], Marker, _ => false, _ => throw (Exception)Activator.CreateInstance(fault, "the disk is full")!));
        Assert.Equal($"{_folder["model"]} cannot be written: the disk is full", thrown.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private void Write(string text) => AtomicFolder.Write(_folder["model"], Marker, name => name == Marker, folder => File.WriteAllText(Path.Combine(folder, Marker), text));
}
