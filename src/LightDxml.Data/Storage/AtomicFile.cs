namespace LightDxml.Storage;

/// <summary>
/// Writes files so that a killed process or a failed write leaves either the old file or the new one: the content goes to
/// a temporary name in the same folder, is flushed to disk, and then takes the file's name in one rename. A symbolic link
/// stays a link: what it leads to is written. What is no file is never replaced, nor is a read-only file; a new
/// file has the permissions of the old one.
/// </summary>
internal static class AtomicFile
{
    /// <summary>The ending of temporary names; what a killed process leaves behind can be told by it.</summary>
    public const string TemporaryExtension = ".tmp";

    private const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Writes a file anew. The temporary is deleted when <paramref name="write"/> or the disk fails.</summary>
    /// <exception cref="LightDxmlException">The folder is missing or the file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = Target(path);
        DeleteLeftovers(target);
        var temporary = TemporaryNameFor(target);
        try
        {
            using (var stream = new FileStream(temporary, ForNew(target)))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            PutInPlace(temporary, target);
        }
        catch (Exception exception)
        {
            DeleteIfPresent(temporary);
            if (exception is IOException or UnauthorizedAccessException)
                throw new LightDxmlException($"{path}: cannot be written: {Reason(path, exception)}", exception);
            throw;
        }
    }

    /// <summary>Renames a file to where <see cref="Target"/> led, with the permissions of what is there.</summary>
    public static void PutInPlace(string file, string target)
    {
        if (File.Exists(target))
            KeepMode(target, file);
        File.Move(file, target, overwrite: true);
    }

    /// <summary>On Unix, gives a file or a folder the permissions of another one. Those that it has are not set anew: some file systems have the same for all, and refuse.</summary>
    public static void KeepMode(string old, string replacement)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(old) is var mode && File.GetUnixFileMode(replacement) != mode)
            File.SetUnixFileMode(replacement, mode);
    }

    /// <summary>Throws where <see cref="Write"/> would fail, before long work is done in vain.</summary>
    /// <exception cref="LightDxmlException">A folder, a pipe, a device or a read-only file has that name, or the file's folder is missing or takes no new files.</exception>
    public static void CheckTarget(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var target = Target(path);
        DeleteLeftovers(target);
        var trial = TemporaryNameFor(target);
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

    /// <summary>Whether a path is that of an unfinished file that is to become <paramref name="path"/>.</summary>
    public static bool IsTemporary(string temporary, string path)
    {
        var (name, prefix) = (Path.GetFileName(temporary), TemporaryPrefix(path));
        return name.Length > prefix.Length + TemporaryExtension.Length
            && name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(TemporaryExtension, StringComparison.Ordinal);
    }

    /// <summary>The one place that says what an output may be written over: a file, or nothing, where links lead.</summary>
    /// <exception cref="LightDxmlException">Something else has the name.</exception>
    public static string Target(string path)
    {
        if (Directory.Exists(path))
            throw new LightDxmlException($"{path}: cannot be written: a folder has this name.");
        FileKinds.CheckOrdinary(path, "cannot be written");
        var target = FollowLinks(path);
        return IsReadOnly(target) ? throw new LightDxmlException($"{path}: cannot be written: it is read-only.") : target;
    }

    /// <summary>Whether nobody is to write a file, or on Unix a folder. To the administrator, whom the system lets write, that says no less.</summary>
    public static bool IsReadOnly(string path) => OperatingSystem.IsWindows()
        ? File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly)
        : Path.Exists(path) && (File.GetUnixFileMode(path) & AnyWrite) == 0;

    // Whoever may not read the old content may not read the new one either, while it is written.
    private static FileStreamOptions ForNew(string target)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            options.UnixCreateMode = File.GetUnixFileMode(target);
        return options;
    }

    private static string TemporaryNameFor(string path) => Path.Combine(FolderOf(path), $"{TemporaryPrefix(path)}{Writers.NewMark()}{TemporaryExtension}");

    private static string TemporaryPrefix(string path) => $".{Path.GetFileName(path)}.";

    private static string FolderOf(string path) => Path.GetDirectoryName(path) ?? "";

    // A temporary file is open until it has its name: who can open it alone, its process being gone, has found a leftover.
    private static void DeleteLeftovers(string path)
    {
        var folder = FolderOf(path) is { Length: > 0 } named ? named : ".";
        if (!Directory.Exists(folder))
            return;
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder).Where(file => IsTemporary(file, path)))
            {
                var mark = Path.GetFileName(file)[TemporaryPrefix(path).Length..^TemporaryExtension.Length];
                if (!Writers.IsOfEndedProcess(mark, File.GetLastWriteTimeUtc(file)))
                    continue;
                using var alone = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete);
                File.Delete(file);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way.
        }
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
