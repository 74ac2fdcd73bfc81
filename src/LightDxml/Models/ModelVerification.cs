namespace LightDxml.Models;

/// <summary>What became of a file since it was written.</summary>
internal enum FileState
{
    Whole,

    /// <summary>There is no checksum of it.</summary>
    Unknown,

    Damaged,
}

/// <summary>A file, compared with its checksum.</summary>
/// <param name="Detail">What is wrong with it, or why nothing is known.</param>
internal sealed record VerifiedFile(string Name, FileState State, string Detail = "");

/// <summary>Compares every file of a model, of whatever format, with the checksums that were saved with it.</summary>
internal static class ModelVerification
{
    /// <summary>The files in the order of their names.</summary>
    public static IReadOnlyList<VerifiedFile> Of(ModelFiles files) => [.. Files(files, "").OrderBy(file => file.Name, StringComparer.Ordinal)];

    private static IEnumerable<VerifiedFile> Files(ModelFiles files, string prefix)
    {
        var configuration = files.Has(EnsembleFolder.FormerConfigurationFile) ? EnsembleFolder.FormerConfigurationFile : ModelFolder.ConfigurationFile;
        var (checksums, fault) = Checksums(files, configuration);
        foreach (var name in files.Names.Where(name => !checksums.ContainsKey(name)))
        {
            yield return name == configuration && fault is not null ? new VerifiedFile(prefix + name, FileState.Damaged, fault)
                : name == configuration || name == ModelFolder.TrainingFile ? Guarded(files, name, prefix, () => Seal(files, name))
                : SavedFiles.IsTensors(name) ? Guarded(files, name, prefix, () => Tensors(files, name, null))
                : new VerifiedFile(prefix + name, FileState.Unknown, ModelFolder.IsOwn(name) ? "no checksum; saved by an earlier version" : "not of the model");
        }

        foreach (var (name, checksum) in checksums)
        {
            // The configuration of a member is found again with the member's own files.
            var state = !files.Has(name) ? new VerifiedFile(prefix + name, FileState.Damaged, "missing")
                : Guarded(files, name, prefix, () => SavedFiles.IsTensors(name) ? Tensors(files, name, checksum) : Content(files, name, checksum));
            if (!name.Contains('/', StringComparison.Ordinal) || state.State == FileState.Damaged)
                yield return state;
        }

        for (var member = 0; files.Folder(EnsembleFolder.NameOf(member)).Has(ModelFolder.ConfigurationFile); member++)
        {
            foreach (var file in Files(files.Folder(EnsembleFolder.NameOf(member)), $"{prefix}{EnsembleFolder.NameOf(member)}/"))
                yield return file;
        }
    }

    private static (IReadOnlyDictionary<string, string> Checksums, string? Fault) Checksums(ModelFiles files, string configuration)
    {
        try
        {
            using var json = JsonFile.Read(files, configuration);
            return (SavedFiles.Read(json) ?? new Dictionary<string, string>(), null);
        }
        catch (Exception fault) when (fault is LightDxmlException or InvalidOperationException)
        {
            return (new Dictionary<string, string>(), Short(files, configuration, fault));
        }
    }

    private static VerifiedFile Guarded(ModelFiles files, string name, string prefix, Func<(FileState State, string Detail)> check)
    {
        try
        {
            var (state, detail) = check();
            return new VerifiedFile(prefix + name, state, detail);
        }
        catch (Exception fault) when (fault is LightDxmlException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new VerifiedFile(prefix + name, FileState.Damaged, Short(files, name, fault));
        }
    }

    private static (FileState State, string Detail) Seal(ModelFiles files, string name)
    {
        using var stream = files.OpenRead(name);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return JsonSeal.IsWhole(content.GetBuffer().AsSpan(0, (int)content.Length)) switch
        {
            true => (FileState.Whole, ""),
            false => (FileState.Damaged, "not what was saved: damaged or edited"),
            null => (FileState.Unknown, "no checksum; saved by an earlier version, or edited"),
        };
    }

    private static (FileState State, string Detail) Tensors(ModelFiles files, string name, string? checksum)
    {
        using var tensors = files.OpenTensors(name);
        if (!tensors.Verify())
            return checksum is null or "" ? (FileState.Unknown, "no checksums; saved by an earlier version") : (FileState.Damaged, "its checksums are missing");
        return checksum is null || checksum == tensors.ChecksumOfChecksums
            ? (FileState.Whole, $"{tensors.Entries.Count - 1} tensors")
            : (FileState.Damaged, "whole, but of another model: not the file that was saved with this configuration");
    }

    private static (FileState State, string Detail) Content(ModelFiles files, string name, string checksum) =>
        SavedFiles.ChecksumOf(files, name) == checksum ? (FileState.Whole, "") : (FileState.Damaged, "not what was saved: damaged or edited");

    private static string Short(ModelFiles files, string name, Exception fault) =>
        LightDxmlException.OneLine(fault.Message).Replace($"{files.NameOf(name)}: ", "", StringComparison.Ordinal);
}
