using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace LightDxml.Storage;

/// <summary>
/// Replaces a whole folder at once. Everything is written to <c>folder.tmp-…</c> beside it, flushed to the disk, and renamed
/// into place; a process killed at any moment leaves the old folder, the new one, or (the first time) none.
/// <para>One file, the marker, is written last and deleted first: a folder that has it is complete, also where a killed
/// process left it behind under its temporary name.</para>
/// </summary>
public static partial class AtomicFolder
{
    private const string TemporaryInfix = ".tmp-";

    /// <summary>Throws where <see cref="Write"/> would refuse <paramref name="folder"/>, before long work is done in vain.</summary>
    /// <exception cref="LightDxmlException">A file has that name, or a folder that is neither empty nor holds the marker.</exception>
    /// <param name="otherMarker">The marker of folders of another kind that may be replaced too, or null.</param>
    public static void CheckTarget(string folder, string marker, string? otherMarker = null)
    {
        var target = Resolve(folder);
        if (File.Exists(target))
            throw new LightDxmlException($"{folder} is a file, not a folder.");
        if (Directory.Exists(target) && !HasMarker(marker) && !HasMarker(otherMarker) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new LightDxmlException($"{folder} exists and is not a model ({marker} is missing); it is left as it is.");

        bool HasMarker(string? name) => name is not null && File.Exists(Path.Combine(target, name));
    }

    /// <summary>Writes a folder and puts it in place of what is there.</summary>
    /// <param name="marker">The file that <paramref name="write"/> writes last.</param>
    /// <param name="write">Fills the (existing, empty) folder whose path it is given; when it throws, nothing is left behind.</param>
    /// <param name="otherMarker">As that of <see cref="CheckTarget"/>.</param>
    /// <exception cref="LightDxmlException">As <see cref="CheckTarget"/>.</exception>
    public static void Write(string folder, string marker, Action<string> write, string? otherMarker = null)
    {
        ArgumentNullException.ThrowIfNull(write);
        CheckTarget(folder, marker, otherMarker);
        var target = Resolve(folder);
        Directory.CreateDirectory(Path.GetDirectoryName(target) ?? throw new LightDxmlException($"{folder} cannot be a model folder."));
        RemoveLeftovers(target, marker);
        var temporary = TemporaryName(target);
        Directory.CreateDirectory(temporary);
        try
        {
            write(temporary);
            foreach (var file in Directory.EnumerateFiles(temporary, "*", SearchOption.AllDirectories))
            {
                using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
                RandomAccess.FlushToDisk(handle);
            }

            PutInPlace(temporary, target, marker, otherMarker);
        }
        catch
        {
            if (Directory.Exists(temporary))
                Delete(temporary, marker);
            throw;
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

    // The name holds the writer's process id: what a living process writes is not a leftover.
    private static bool IsLeftover(string path, string prefix)
    {
        if (!path.StartsWith(prefix, StringComparison.Ordinal) || !TemporarySuffix().IsMatch(path[prefix.Length..]))
            return false;
        if (!int.TryParse(path[prefix.Length..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var processId) || processId == Environment.ProcessId)
            return false;
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(processId);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    // Renamed to a name of our own before deletion: a writer that does live after all (in another process namespace)
    // then fails to find its folder, instead of putting a half-deleted one in place.
    private static void RemoveLeftovers(string target, string marker)
    {
        foreach (var leftover in Leftovers(target))
        {
            var claimed = TemporaryName(target);
            try
            {
                Directory.Move(leftover, claimed);
                Delete(claimed, marker);
            }
            catch (IOException)
            {
                // Another process was faster.
            }
        }
    }

    private static void PutInPlace(string temporary, string target, string marker, string? otherMarker)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(temporary, target);
            return;
        }

        if (DirectoryExchange.TryExchange(temporary, target))
        {
            Delete(temporary, marker, otherMarker);
            return;
        }

        // Without an atomic exchange there is a moment without the folder, but none with half of it.
        var old = TemporaryName(target);
        Directory.Move(target, old);
        Directory.Move(temporary, target);
        Delete(old, marker, otherMarker);
    }

    private static void Delete(string folder, string marker, string? otherMarker = null)
    {
        if (otherMarker is not null)
            File.Delete(Path.Combine(folder, otherMarker));
        File.Delete(Path.Combine(folder, marker));
        Directory.Delete(folder, recursive: true);
    }

    private static string TemporaryName(string target) =>
        $"{target}{TemporaryInfix}{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    [GeneratedRegex("^[0-9]+-[0-9a-f]{8}$")]
    private static partial Regex TemporarySuffix();

    // A link keeps pointing where it does; what it points to is replaced.
    private static string Resolve(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var link = new DirectoryInfo(full);
        return link.LinkTarget is null ? full : link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }
}
