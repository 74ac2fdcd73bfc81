using LightDxml.Storage;

namespace LightDxml.Cli.Input;

/// <summary>A file or a folder of files that a training reads. It is read once more, for its checksum, only when that is needed, and must then be what it was.</summary>
internal sealed class SourceFile(string path)
{
    private readonly (long Length, DateTime Written) _before = State(path);

    public string Path => path;

    /// <summary>The checksum of the content; of what is no file, which reading refuses, a word.</summary>
    /// <exception cref="LightDxmlException">The file has changed since this was made.</exception>
    public string Checksum()
    {
        if (FileKinds.Of(path) is not (FileKind.File or FileKind.Folder))
            return "no file";
        var checksum = Storage.Checksum.OfPath(path);
        return State(path) == _before ? checksum : throw new LightDxmlException($"{path} has changed since the training began, which has read what it was.");
    }

    private static (long Length, DateTime Written) State(string path)
    {
        FileInfo[] files = Directory.Exists(path) ? new DirectoryInfo(path).GetFiles("*", SearchOption.AllDirectories) : [new FileInfo(path)];
        return files.All(file => file.Exists) && files.Length > 0 ? (files.Sum(file => file.Length), files.Max(file => file.LastWriteTimeUtc)) : default;
    }
}
