using System.Diagnostics;
using LightDxml.Storage;
using LightDxml.TestKit;

namespace LightDxml.Data.Tests.Storage;

/// <summary>What is no file is neither replaced nor read by mistake.</summary>
public sealed class FileKindTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FileKindTests() => Skip.IfNot(OperatingSystem.IsLinux(), "Pipes and devices are Linux's.");

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Of_EveryKind_IsTold_AlsoThroughLinks()
    {
        File.WriteAllText(_folder["file"], "");
        Directory.CreateDirectory(_folder["folder"]);
        Pipe(_folder["pipe"]);
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(_folder["socket"]));
        (string, FileKind)[] kinds =
        [
            (_folder["file"], FileKind.File), (_folder["folder"], FileKind.Folder), (_folder["pipe"], FileKind.Pipe), (_folder["socket"], FileKind.Socket),
            ("/dev/zero", FileKind.Device), ("/dev/full", FileKind.Device), (_folder["nothing"], FileKind.Missing), (_folder["file"] + "/below", FileKind.Missing),
        ];
        foreach (var (path, kind) in kinds)
        {
            Assert.Equal(kind, FileKinds.Of(path));
            File.CreateSymbolicLink(_folder["link"], path);
            Assert.Equal(kind, FileKinds.Of(_folder["link"]));
            File.Delete(_folder["link"]);
        }
    }

    [SkippableTheory]
    [InlineData("pipe", "a pipe")]
    [InlineData("link to the pipe", "a pipe")]
    [InlineData("device", "a device")]
    [InlineData("folder", "a folder")]
    public void Write_OverWhatIsNoFile_IsRefused_AndItStays(string name, string kind)
    {
        Pipe(_folder["pipe"]);
        File.CreateSymbolicLink(_folder["link to the pipe"], _folder["pipe"]);
        File.CreateSymbolicLink(_folder["device"], "/dev/full");
        Directory.CreateDirectory(_folder["folder"]);
        var before = FileKinds.Of(_folder[name]);
        var written = false;
        foreach (var attempt in new Action[] { () => AtomicFile.CheckTarget(_folder[name]), () => AtomicFile.Write(_folder[name], _ => written = true) })
            Assert.Contains(kind, Assert.Throws<LightDxmlException>(attempt).Message, StringComparison.Ordinal);
        Assert.False(written);
        Assert.Equal(before, FileKinds.Of(_folder[name]));
        Assert.Equal(4, Directory.GetFileSystemEntries(_folder.Path).Length);
    }

    private static void Pipe(string path)
    {
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
