using System.Runtime.InteropServices;

namespace LightDxml.Storage;

/// <summary>What a name stands for, where links lead.</summary>
internal enum FileKind
{
    Missing,
    File,
    Folder,
    Pipe,
    Socket,
    Device,
}

/// <summary>Tells what a name stands for without opening it: to open a pipe waits, and to open a device may do anything.</summary>
internal static partial class FileKinds
{
    private const int CurrentDirectory = -100;
    private const uint TypeAlone = 1;
    private const int ResultBytes = 256, ModeOffset = 28;
    private const int TypeMask = 0xF000, PipeType = 0x1000, CharacterDevice = 0x2000, FolderType = 0x4000, BlockDevice = 0x6000, SocketType = 0xC000;

    /// <summary>Systems other than Linux tell folders from files alone.</summary>
    public static FileKind Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return Directory.Exists(path) ? FileKind.Folder : File.Exists(path) ? FileKind.File : FileKind.Missing;
        Span<byte> result = stackalloc byte[ResultBytes];
        if (StatX(CurrentDirectory, path, 0, TypeAlone, ref MemoryMarshal.GetReference(result)) != 0)
            return FileKind.Missing;
        return (MemoryMarshal.Read<ushort>(result[ModeOffset..]) & TypeMask) switch
        {
            PipeType => FileKind.Pipe,
            CharacterDevice or BlockDevice => FileKind.Device,
            FolderType => FileKind.Folder,
            SocketType => FileKind.Socket,
            _ => FileKind.File,
        };
    }

    /// <summary>Throws where the name stands for something that is no file and no folder, which must be neither read at once nor replaced.</summary>
    /// <param name="what">What cannot be done: <c>cannot be written</c>.</param>
    /// <exception cref="LightDxmlException">It does.</exception>
    public static void CheckOrdinary(string path, string what)
    {
        var kind = Of(path) switch
        {
            FileKind.Pipe => "a pipe",
            FileKind.Socket => "a socket",
            FileKind.Device => "a device",
            _ => null,
        };
        if (kind is not null)
            throw new LightDxmlException($"{path}: {what}: it is {kind}, expected a file.");
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, ref byte result);
}
