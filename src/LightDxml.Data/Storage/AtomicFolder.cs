namespace LightDxml.Storage;

/// <summary>
/// Replaces a whole folder at once. Everything is written to <c>folder.tmp-…</c> beside it, flushed to the disk, and renamed
/// into place; a process killed at any moment leaves the old folder, the new one, or (the first time) none.
/// <para>One file, the marker, is written last and deleted first: a folder that has it is complete, also where a killed
/// process left it behind under its temporary name.</para>
/// <para>On Unix the new folder and its files have the permissions of the old ones, and a read-only folder is not replaced.</para>
/// </summary>
internal static class AtomicFolder
{
    private const string TemporaryInfix = ".tmp-";

    /// <summary>Throws where <see cref="Write"/> would refuse <paramref name="folder"/>, before long work is done in vain.</summary>
    /// <exception cref="LightDxmlException">A file has that name, or a folder that is neither empty nor holds the marker, or that is read-only.</exception>
    public static void CheckTarget(string folder, string marker)
    {
        var target = Resolve(folder);
        if (File.Exists(target))
            throw new LightDxmlException($"{folder} is a file, not a folder.");
        if (Directory.Exists(target) && !File.Exists(Path.Combine(target, marker)) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new LightDxmlException($"{folder} exists and is not a model ({marker} is missing); it is left as it is.");
        if (AtomicFile.IsReadOnly(target) || AtomicFile.IsReadOnly(Path.Combine(target, marker)))
            throw new LightDxmlException($"{folder} cannot be written: it is read-only.");
        CheckWritable(folder);
    }

    /// <summary>Throws where a folder could not be made or replaced, by trying it beside the folder or its nearest parent that is there.</summary>
    /// <exception cref="LightDxmlException">It cannot.</exception>
    public static void CheckWritable(string folder)
    {
        var parent = Path.GetDirectoryName(Resolve(folder)) ?? throw new LightDxmlException($"{folder} cannot be written: it is not a folder of its own.");
        while (!Directory.Exists(parent))
        {
            if (File.Exists(parent))
                throw new LightDxmlException($"{folder} cannot be written: {parent} is a file, not a folder.");
            parent = Path.GetDirectoryName(parent) ?? throw new LightDxmlException($"{folder} cannot be written: there is no such place.");
        }

        var name = Path.Combine(parent, ".lightdxml");
        var trial = TemporaryName(name);
        try
        {
            Directory.CreateDirectory(trial);
            Directory.Delete(trial);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"{folder} cannot be written: {parent} takes no new files.", fault);
        }

        // A process that was killed between the two left its trial.
        RemoveLeftovers(name, marker: null);
    }

    /// <summary>Writes a folder and puts it in place of what is there.</summary>
    /// <param name="marker">The file that <paramref name="write"/> writes last.</param>
    /// <param name="isOwn">Whether a file, named by its path within the folder, may go with the old one; others, whoever put them there, are copied into the new one, links as links.</param>
    /// <param name="write">Fills the (existing, empty) folder whose path it is given; when it throws, nothing is left behind.</param>
    /// <exception cref="LightDxmlException">As <see cref="CheckTarget"/>, or the folder cannot be written.</exception>
    public static void Write(string folder, string marker, Func<string, bool> isOwn, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        CheckTarget(folder, marker);
        var target = Resolve(folder);
        var temporary = TemporaryName(target);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? throw new LightDxmlException($"{folder} cannot be a model folder."));
            RemoveLeftovers(target, marker);
            CreateAs(target, temporary);
            write(temporary);
            foreach (var file in Directory.EnumerateFiles(temporary, "*", SearchOption.AllDirectories))
                Flush(file, FileAccess.ReadWrite);
            if (Directory.Exists(target))
            {
                CopyForeign(new DirectoryInfo(target), temporary, "", isOwn);
                KeepModes(new DirectoryInfo(target), temporary);
            }

            PutInPlace(temporary, target, marker);
            RemoveLeftovers(target, marker);
        }
        catch (Exception fault)
        {
            DeleteIfPossible(temporary, marker);
            if (fault is IOException or UnauthorizedAccessException)
                throw new LightDxmlException($"{folder} cannot be written: {fault.Message}", fault);
            throw;
        }
    }

    /// <summary>Makes a temporary folder beside another one, which goes when <paramref name="use"/> ends; and takes those away that killed processes left.</summary>
    /// <param name="use">Is given the path of the temporary folder.</param>
    public static void Beside(string folder, Action<string> use)
    {
        ArgumentNullException.ThrowIfNull(use);
        var target = Resolve(folder);
        RemoveLeftovers(target, marker: null);
        var temporary = TemporaryName(target);
        Directory.CreateDirectory(temporary);
        try
        {
            use(temporary);
        }
        finally
        {
            Delete(temporary, marker: null);
        }
    }

    /// <summary>What killed writes of <paramref name="folder"/> left beside it.</summary>
    public static IReadOnlyList<string> Leftovers(string folder)
    {
        var target = Resolve(folder);
        var parent = Path.GetDirectoryName(target);
        return Directory.Exists(parent)
            ? [.. Directory.EnumerateDirectories(parent).Where(path => IsLeftover(path, target + TemporaryInfix)).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <param name="within">The path of <paramref name="from"/> within the folder that is replaced.</param>
    private static void CopyForeign(DirectoryInfo from, string to, string within, Func<string, bool> isOwn)
    {
        foreach (var entry in from.EnumerateFileSystemInfos())
        {
            var name = Path.Combine(within, entry.Name);
            var copy = Path.Combine(to, name);
            if (entry is DirectoryInfo folder && folder.LinkTarget is null)
                CopyForeign(folder, to, name, isOwn);
            else if (!isOwn(name) && !Path.Exists(copy))
                CopyForeign(entry, copy);
        }
    }

    private static void CopyForeign(FileSystemInfo entry, string copy)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        if (entry.LinkTarget is { } target)
        {
            if (entry is DirectoryInfo)
                Directory.CreateSymbolicLink(copy, target);
            else
                File.CreateSymbolicLink(copy, target);
            return;
        }

        FileKinds.CheckOrdinary(entry.FullName, "cannot be kept");
        File.Copy(entry.FullName, copy);

        // A copy may be read alone as its original may, and Windows flushes what may be written.
        if (!OperatingSystem.IsWindows())
            Flush(copy, FileAccess.Read);
    }

    // Whoever may not look into the old folder may not look into the new one either, while it is written.
    private static void CreateAs(string target, string temporary)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(target))
            Directory.CreateDirectory(temporary);
        else
            Directory.CreateDirectory(temporary, File.GetUnixFileMode(target));
    }

    private static void KeepModes(DirectoryInfo from, string to)
    {
        foreach (var entry in from.EnumerateFileSystemInfos().Where(entry => entry.LinkTarget is null))
        {
            var copy = Path.Combine(to, entry.Name);
            if (entry is DirectoryInfo folder && Directory.Exists(copy))
                KeepModes(folder, copy);
            else if (entry is FileInfo && File.Exists(copy))
                AtomicFile.KeepMode(entry.FullName, copy);
        }

        AtomicFile.KeepMode(from.FullName, to);
    }

    private static void Flush(string file, FileAccess access)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, access);
        RandomAccess.FlushToDisk(handle);
    }

    // The name holds the writer's process id: what a living process writes is not a leftover.
    private static bool IsLeftover(string path, string prefix) => path.StartsWith(prefix, StringComparison.Ordinal) && Writers.IsOfEndedProcess(path[prefix.Length..], Directory.GetLastWriteTimeUtc(path));

    // Renamed to a name of our own before deletion: a writer that does live after all (in another process namespace)
    // then fails to find its folder, instead of putting a half-deleted one in place.
    private static void RemoveLeftovers(string target, string? marker)
    {
        foreach (var leftover in Leftovers(target))
        {
            // Whoever was killed between two moves left whole folders alone: they stay until there is one in its place again.
            if (marker is not null && !Directory.Exists(target) && File.Exists(Path.Combine(leftover, marker)))
                continue;
            var claimed = TemporaryName(target);
            try
            {
                Directory.Move(leftover, claimed);
                Delete(claimed, marker);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Another process was faster, or it is in nobody's way.
            }
        }
    }

    private static void PutInPlace(string temporary, string target, string marker)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(temporary, target);
            return;
        }

        if (DirectoryExchange.TryExchange(temporary, target))
        {
            DeleteIfPossible(temporary, marker);
            return;
        }

        // Without an atomic exchange there is a moment without the folder, but none with half of it.
        var old = TemporaryName(target);
        Directory.Move(target, old);
        try
        {
            Directory.Move(temporary, target);
        }
        catch
        {
            Directory.Move(old, target);
            throw;
        }

        DeleteIfPossible(old, marker);
    }

    // What cannot be deleted is in nobody's way: the new folder is in its place, or there is a fault to report.
    private static void DeleteIfPossible(string folder, string marker)
    {
        try
        {
            if (Directory.Exists(folder))
                Delete(folder, marker);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static void Delete(string folder, string? marker)
    {
        if (marker is not null)
            File.Delete(Path.Combine(folder, marker));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A name beside a folder for what is to take its place; <see cref="Leftovers"/> finds it when the process was killed.</summary>
    private static string TemporaryName(string target) => $"{target}{TemporaryInfix}{Writers.NewMark()}";

    // A link keeps pointing where it does; what it points to is replaced.
    private static string Resolve(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var link = new DirectoryInfo(full);
        return link.LinkTarget is null ? full : link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }
}
