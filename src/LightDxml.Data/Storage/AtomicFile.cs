namespace LightDxml.Storage;

/// <summary>
/// Writes files so that a killed process or a failed write leaves either the old file or the new one: the content goes to
/// a temporary name in the same folder, is flushed to disk, and then takes the file's name in one rename. A symbolic link
/// stays a link: what it leads to is written.
/// </summary>
internal static class AtomicFile
{
    /// <summary>The ending of temporary names; what a killed process leaves behind can be told by it.</summary>
    public const string TemporaryExtension = ".tmp";

    /// <summary>Writes a file anew. The temporary is deleted when <paramref name="write"/> or the disk fails.</summary>
    /// <exception cref="LightDxmlException">The folder is missing or the file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = FollowLinks(path);
        var temporary = TemporaryNameFor(target);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception exception)
        {
            DeleteIfPresent(temporary);
            if (exception is IOException or UnauthorizedAccessException)
                throw new LightDxmlException($"{path}: cannot be written: {Reason(path, exception)}", exception);
            throw;
        }
    }

    /// <summary>Throws where <see cref="Write"/> would fail, before long work is done in vain.</summary>
    /// <exception cref="LightDxmlException">A folder has that name, or the file's folder is missing or takes no new files.</exception>
    public static void CheckTarget(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new LightDxmlException($"{path}: cannot be written: a folder has this name.");
        var trial = TemporaryNameFor(FollowLinks(path));
        try
        {
            new FileStream(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None).Dispose();
            File.Delete(trial);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            DeleteIfPresent(trial);
            throw new LightDxmlException($"{path}: cannot be written: {Reason(path, exception)}", exception);
        }
    }

    /// <summary>What a path leads to through links; the path itself where it is none.</summary>
    /// <exception cref="LightDxmlException">The links cannot be followed, as where they lead in a circle.</exception>
    public static string FollowLinks(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return path; // no file of this name yet
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"{path}: cannot be written: {exception.Message}", exception);
        }
    }

    private static string TemporaryNameFor(string path)
    {
        var folder = Path.GetDirectoryName(path);
        var name = $".{Path.GetFileName(path)}.{Guid.NewGuid():N}{TemporaryExtension}";
        return string.IsNullOrEmpty(folder) ? name : Path.Combine(folder, name);
    }

    private static void DeleteIfPresent(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here is the one to report.
        }
    }

    private static string Reason(string path, Exception exception) =>
        exception is DirectoryNotFoundException ? $"the folder {Path.GetDirectoryName(path)} does not exist."
        : Directory.Exists(path) ? "a folder has this name."
        : exception.Message;
}
