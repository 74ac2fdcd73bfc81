using System.IO.Compression;
using LightDxml.Storage;

namespace LightDxml.Models;

/// <summary>A model in one file: a ZIP archive of the files that its folder would have, not compressed, since parameters hardly shrink.</summary>
internal static class ModelArchive
{
    /// <summary>One time for every entry, so that the same model gives the same bytes.</summary>
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes one model, or the members of an ensemble, from the stream's position on.</summary>
    public static void Write(IReadOnlyList<Model> members, Stream stream)
    {
        using var scratch = new ScratchFolder();
        var folder = scratch["model"];
        Directory.CreateDirectory(folder);
        if (members.Count == 1)
        {
            ModelFolder.Write(members[0], folder);
        }
        else
        {
            EnsembleMembers.Check(members);
            EnsembleFolder.Write(members, folder);
        }

        using var archive = new ZipArchive(OriginStream.Of(stream), ZipArchiveMode.Create, leaveOpen: true);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var entry = archive.CreateEntry(Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), CompressionLevel.NoCompression);
            entry.LastWriteTime = Time;
            using var content = File.OpenRead(file);
            using var target = entry.Open();
            content.CopyTo(target);
        }
    }

    /// <exception cref="LightDxmlException">The file cannot be read or is not an archive.</exception>
    public static ZipArchive Open(string path)
    {
        FileKinds.CheckOrdinary(path, "cannot be read");
        try
        {
            return Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete), path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"Cannot read {path}: {fault.Message}", fault);
        }
    }

    /// <param name="name">What messages call the stream.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the archive is disposed.</param>
    /// <exception cref="LightDxmlException">It is not an archive of a model.</exception>
    public static ZipArchive Open(Stream stream, string name, bool leaveOpen = false)
    {
        try
        {
            var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen);
            if (archive.GetEntry(ModelFolder.ConfigurationFile) is not null)
                return archive;
            archive.Dispose();
        }
        catch (InvalidDataException fault)
        {
            if (!leaveOpen)
                stream.Dispose();
            throw new LightDxmlException($"{name} is not a model: {fault.Message}", fault);
        }

        throw new LightDxmlException($"{name} is not a model: it holds no {ModelFolder.ConfigurationFile}.");
    }

    /// <summary>Whether a file is a model.</summary>
    public static bool IsAt(string path)
    {
        try
        {
            using var archive = Open(path);
            return ModelStore.IsModel(new ArchiveFiles(archive, path), ModelFolder.ConfigurationFile);
        }
        catch (LightDxmlException)
        {
            return false;
        }
    }
}
