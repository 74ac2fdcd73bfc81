using System.Runtime.Versioning;
using LightDxml.Storage;

namespace LightDxml.Data.Tests.Storage;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lightdxml-tests").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_ExistingFile_IsReplacedWhole()
    {
        var path = Path.Combine(_folder, "model.bin");
        File.WriteAllText(path, "the old content, longer than the new");

        AtomicFile.Write(path, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    // Also where the test runs as the administrator, whom the system lets write.
    [Fact]
    public void Write_OverAReadOnlyFile_IsRefused_AndTheFileStands()
    {
        var path = Path.Combine(_folder, "model.bin");
        File.WriteAllText(path, "old");
        File.SetAttributes(path, FileAttributes.ReadOnly);

        Assert.Contains("it is read-only", Assert.Throws<LightDxmlException>(() => AtomicFile.CheckTarget(path)).Message, StringComparison.Ordinal);
        Assert.Throws<LightDxmlException>(() => AtomicFile.Write(path, stream => stream.Write("new"u8)));

        Assert.Equal("old", File.ReadAllText(path));
        File.SetAttributes(path, FileAttributes.Normal);
    }

    [SkippableTheory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)]
    [UnsupportedOSPlatform("windows")]
    public void Write_ExistingFile_KeepsItsPermissions_WhileItIsWritten_AndThen(UnixFileMode mode)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        var path = Path.Combine(_folder, "model.bin");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, mode);
        var meanwhile = UnixFileMode.None;

        AtomicFile.Write(path, _ => meanwhile = File.GetUnixFileMode(Assert.Single(Directory.GetFiles(_folder, "*" + AtomicFile.TemporaryExtension))));

        Assert.Equal(UnixFileMode.None, meanwhile & ~mode);
        Assert.Equal(mode, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Write_UntilTheEnd_TheOldFileStands()
    {
        var path = Path.Combine(_folder, "model.bin");
        File.WriteAllText(path, "old");
        var seen = "";
        var temporaries = 0;

        AtomicFile.Write(path, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            seen = File.ReadAllText(path);
            temporaries = Directory.GetFiles(_folder, "*" + AtomicFile.TemporaryExtension).Length;
        });

        Assert.Equal(("old", 1), (seen, temporaries));
    }

    [Fact]
    public void Write_WriterFails_OldFileStandsAndNoTemporaryIsLeft()
    {
        var path = Path.Combine(_folder, "model.bin");
        File.WriteAllText(path, "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException("stop");
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("elsewhere/real.txt", false, true)] // to an absolute path in another folder
    [InlineData("elsewhere/real.txt", true, true)] // to a relative path
    [InlineData("elsewhere/new.txt", true, false)] // to a file that is not there yet
    public void Write_SymbolicLink_StaysALinkAndItsTargetIsWritten(string name, bool relative, bool exists)
    {
        var target = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (exists)
            File.WriteAllText(target, "old");
        var second = Path.Combine(_folder, "second");
        File.CreateSymbolicLink(second, relative ? name : target);
        var first = Path.Combine(_folder, "first");
        File.CreateSymbolicLink(first, second);

        AtomicFile.CheckTarget(first);
        AtomicFile.Write(first, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal(second, new FileInfo(first).LinkTarget);
        Assert.NotNull(new FileInfo(second).LinkTarget);
        Assert.Equal([target], Directory.GetFiles(Path.GetDirectoryName(target)!));
    }

    [Fact]
    public void CheckTarget_LinksInACircle_IsAReadableError()
    {
        var (one, two) = (Path.Combine(_folder, "one"), Path.Combine(_folder, "two"));
        File.CreateSymbolicLink(one, two);
        File.CreateSymbolicLink(two, one);

        var fault = Assert.Throws<LightDxmlException>(() => AtomicFile.CheckTarget(one));

        Assert.StartsWith($"{one}: cannot be written: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_MissingFolder_IsAReadableError()
    {
        var path = Path.Combine(_folder, "none", "model.bin");

        var exception = Assert.Throws<LightDxmlException>(() => AtomicFile.Write(path, _ => { }));

        Assert.Contains("does not exist", exception.Message, StringComparison.Ordinal);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NameOfAFolder_IsAReadableErrorAndLeavesNoTemporary()
    {
        var path = Path.Combine(_folder, "taken");
        Directory.CreateDirectory(path);

        Assert.Throws<LightDxmlException>(() => AtomicFile.Write(path, stream => stream.Write("new"u8)));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_ManyThreadsAtOnce_LeaveOneWholeContent()
    {
        var path = Path.Combine(_folder, "model.bin");

        Parallel.For(0, 16, writer => AtomicFile.Write(path, stream => stream.Write(Enumerable.Repeat((byte)('a' + writer), 5000).ToArray())));

        var content = File.ReadAllText(path);
        Assert.Equal(5000, content.Length);
        Assert.Single(content.Distinct());
    }

    // As processes leave them that were killed while they wrote: their ids end far below.
    [Theory]
    [InlineData("model.bin", ".model.bin.999999999-0a1b2c3d.tmp", false)]
    [InlineData("model.bin", ".model.bin.999999998-00000000.tmp", false)]
    [InlineData("model.bin", ".model.bin.notes.tmp", true)]
    [InlineData("model.bin", ".other.bin.999999999-0a1b2c3d.tmp", true)]
    [InlineData("a*?.csv", ".a*?.csv.999999999-0a1b2c3d.tmp", false)]
    public void Write_TemporaryOfAKilledProcess_IsDeleted_AndNoOtherFile(string name, string leftover, bool stays)
    {
        File.WriteAllText(Path.Combine(_folder, leftover), "half");
        AtomicFile.Write(Path.Combine(_folder, name), stream => stream.Write("new"u8));
        Assert.Equal(stays, File.Exists(Path.Combine(_folder, leftover)));
        Assert.Equal(stays ? 2 : 1, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Write_TemporaryThatIsStillWritten_Stays_WhateverItsProcess()
    {
        var unfinished = Path.Combine(_folder, ".model.bin.999999999-0a1b2c3d.tmp");
        using var writer = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        AtomicFile.Write(Path.Combine(_folder, "model.bin"), stream => stream.Write("new"u8));
        Assert.True(File.Exists(unfinished));
    }

    [Fact]
    public void ScratchFolder_OfAKilledProcess_IsDeletedByTheNext()
    {
        var leftover = Path.Combine(Path.GetTempPath(), $"lightdxml-999999999-{Random.Shared.Next():x8}");
        Directory.CreateDirectory(leftover);
        File.WriteAllText(Path.Combine(leftover, ".lock"), "");
        File.WriteAllText(Path.Combine(leftover, "piece"), "half");
        using (var scratch = new ScratchFolder())
        {
            Assert.True(Directory.Exists(scratch.Path));
            Assert.False(Directory.Exists(leftover));
            using var second = new ScratchFolder();
            Assert.True(Directory.Exists(scratch.Path));
        }

        Assert.False(Directory.Exists(leftover));
    }
}
