using LightDxml.Storage;

namespace LightDxml.Cli.Input;

/// <summary>A file, or a folder of files, that a training reads. It is read once more, for its checksum, only when that is needed, and must then be what it was.</summary>
internal sealed class SourceFile(string path)
{
    private readonly (long Length, DateTime Written) _before = State(path);

    public string Path => path;

    /// <summary>The checksum of the content; of what is neither a file nor a folder, which reading refuses, a word.</summary>
    /// <exception cref="LightDxmlException">It has changed since this was made.</exception>
    public string Checksum()
    {
        if (FileKinds.Of(path) is not (FileKind.File or FileKind.Folder))
            return "no file";
        var checksum = Storage.Checksum.OfPath(path);
        return State(path) == _before ? checksum : throw new LightDxmlException($"{path} has changed since the training began, which has read what it was.");
    }

    /// <summary>The length of all files together, and when the latest was written.</summary>
    private static (long Length, DateTime Written) State(string path)
    {
        IEnumerable<FileInfo> files = Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories) : [new FileInfo(path)];
        return files.Where(file => file.Exists).Aggregate(
            (Length: 0L, Written: default(DateTime)), (all, file) => (all.Length + file.Length, file.LastWriteTimeUtc > all.Written ? file.LastWriteTimeUtc : all.Written));
    }
}
