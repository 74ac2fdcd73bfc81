using System.IO.Compression;
using LightDxml.Storage;

namespace LightDxml.Models;

/// <summary>The files of a model, wherever they lie: in a folder, or in one archive.</summary>
internal abstract class ModelFiles
{
    /// <summary>What messages call the whole.</summary>
    public abstract string Name { get; }

    /// <summary>What messages call a file of it.</summary>
    public abstract string NameOf(string file);

    /// <summary>The files, without those of folders within.</summary>
    public abstract IEnumerable<string> Names { get; }

    public abstract bool Has(string file);

    /// <exception cref="LightDxmlException">There is no such file, or it cannot be read.</exception>
    public abstract Stream OpenRead(string file);

    /// <summary>The tensors of a file: mapped where it lies on disk, else copied into memory.</summary>
    /// <exception cref="LightDxmlException">There is no such file, it cannot be read, or it is damaged.</exception>
    public abstract SafetensorsFile OpenTensors(string file);

    /// <summary>The files of a folder within.</summary>
    public abstract ModelFiles Folder(string name);
}

/// <summary>Files of a folder.</summary>
internal sealed class FolderFiles(string folder) : ModelFiles
{
    public override string Name => folder;

    public override IEnumerable<string> Names => Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path));

    public override string NameOf(string file) => Path.Combine(folder, file);

    public override bool Has(string file) => File.Exists(NameOf(file));

    public override Stream OpenRead(string file)
    {
        FileKinds.CheckOrdinary(NameOf(file), "cannot be read");
        try
        {
            return new FileStream(NameOf(file), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"Cannot read {NameOf(file)}: {fault.Message}", fault);
        }
    }

    public override SafetensorsFile OpenTensors(string file)
    {
        FileKinds.CheckOrdinary(NameOf(file), "cannot be read");
        return new SafetensorsFile(NameOf(file));
    }

    public override ModelFiles Folder(string name) => new FolderFiles(NameOf(name));
}

/// <summary>Entries of a ZIP archive that <see cref="ModelArchive"/> wrote.</summary>
/// <param name="prefix">What the names of the entries begin with: empty, or a folder and its slash.</param>
internal sealed class ArchiveFiles(ZipArchive archive, string name, string prefix = "") : ModelFiles
{
    /// <summary>How far entries may be compressed: those that <see cref="ModelArchive"/> writes are not, and text packed again shrinks by less.</summary>
    private const long MostBytesPerByte = 100;
    private const long LeastLimit = 1 << 20;

    public override string Name => name;

    public override IEnumerable<string> Names => archive.Entries.Select(entry => entry.FullName)
        .Where(entry => entry.StartsWith(prefix, StringComparison.Ordinal) && !entry.AsSpan(prefix.Length).Contains('/')).Select(entry => entry[prefix.Length..]);

    public override string NameOf(string file) => $"{name}({prefix}{file})";

    public override bool Has(string file) => archive.GetEntry(prefix + file) is not null;

    public override Stream OpenRead(string file)
    {
        var entry = archive.GetEntry(prefix + file) ?? throw new LightDxmlException($"{name}: the entry {prefix}{file} is missing.");

        // A small file must not claim any amount of memory.
        if (entry.Length > MostBytesPerByte * entry.CompressedLength + LeastLimit)
            throw new LightDxmlException($"{NameOf(file)}: {entry.CompressedLength} bytes claim to be {entry.Length}: damaged.");
        try
        {
            return entry.Open();
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            throw new LightDxmlException($"{NameOf(file)}: damaged: {fault.Message}", fault);
        }
    }

    public override SafetensorsFile OpenTensors(string file)
    {
        using var stream = OpenRead(file);
        return SafetensorsFile.Copy(stream, archive.GetEntry(prefix + file)!.Length, NameOf(file));
    }

    public override ModelFiles Folder(string folder) => new ArchiveFiles(archive, name, $"{prefix}{folder}/");
}
