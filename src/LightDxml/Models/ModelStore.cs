using System.Collections.Concurrent;
using System.IO.Compression;
using LightDxml.Inference;
using LightDxml.Storage;

namespace LightDxml.Models;

/// <summary>
/// The one door to models on disk: a folder, or one file (<c>.ldx</c>, a ZIP archive of the folder's files), of whatever
/// format. Formats of other packages are registered by them.
/// </summary>
internal static class ModelStore
{
    /// <summary>What the name of a model in one file ends with.</summary>
    public const string FileExtension = ".ldx";

    private static readonly ConcurrentDictionary<string, (string Description, Func<ModelFiles, LabelRanker> Read)> Formats = new();

    /// <summary>Makes known how models of another format are read.</summary>
    /// <param name="format">The member <c>format</c> of their <c>config.json</c>.</param>
    /// <param name="description">What messages call such a model: <c>a baseline</c>.</param>
    public static void Register(string format, string description, Func<ModelFiles, LabelRanker> read) => Formats[format] = (description, read);

    /// <summary>Throws where <see cref="Save(IReadOnlyList{Model}, string)"/> would refuse a path, before a model is trained in vain.</summary>
    /// <exception cref="LightDxmlException">Something is there that is not a model.</exception>
    public static void CheckTarget(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileKinds.CheckOrdinary(path, "cannot be written");
        if (!IsFile(path))
            ModelFolder.CheckTarget(path);
        else if (Directory.Exists(path))
            throw new LightDxmlException($"{path} is a folder, not a model in one file.");
        else if (File.Exists(path) && !ModelArchive.IsAt(path))
            throw new LightDxmlException($"{path} exists and is not a model; it is left as it is.");
        else
            AtomicFolder.CheckWritable(AtomicFile.Target(path));
    }

    /// <summary>Saves one model, or the members of an ensemble: as one file where the path ends in <c>.ldx</c>, else as a folder.</summary>
    /// <exception cref="LightDxmlException">Something is there that is not a model, the members disagree, or the model is of a method whose models are kept in their own form.</exception>
    public static void Save(IReadOnlyList<Model> members, string path)
    {
        if (members.Count == 0)
            throw new LightDxmlException("A model of a method for comparison is not saved here; copy its folder.");
        CheckTarget(path);
        if (IsFile(path))
        {
            // A link keeps pointing where it does, and missing folders are made, as for a model in a folder.
            var target = AtomicFile.FollowLinks(path);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            AtomicFile.Write(target, stream => ModelArchive.Write(members, stream));
        }
        else if (members.Count == 1)
            ModelFolder.Save(members[0], path);
        else
            EnsembleFolder.Save(members, path);
    }

    /// <summary>Opens a model of any format to predict with.</summary>
    /// <param name="tail">Tail weight, or null for the model's own.</param>
    /// <param name="threads">Threads to build label indexes with and to predict with; 0 takes every processor.</param>
    /// <exception cref="LightDxmlException">There is no model, a file of it is missing or damaged, or it is of a later version; or it has no tail weight.</exception>
    public static StoredModel Open(string path, double? tail = null, int threads = 0)
    {
        using var source = Source(path);
        return Open(source.Files, tail, threads);
    }

    /// <summary>Opens a model in one file, from the stream's position to its end, to predict with.</summary>
    /// <param name="stream">Read to its end; a copy is kept in memory.</param>
    public static StoredModel Open(Stream stream, double? tail = null, int threads = 0)
    {
        using var archive = ModelArchive.Open(OriginStream.Of(stream), "the stream", leaveOpen: true);
        return Open(new ArchiveFiles(archive, "the stream"), tail, threads);
    }

    /// <summary>Reads a model of LightDXML's own into memory: itself alone, or the members of an ensemble.</summary>
    /// <exception cref="LightDxmlException">There is no such model, a file of it is missing or damaged, or it is of a later version.</exception>
    public static IReadOnlyList<Model> Load(string path)
    {
        using var source = Source(path);
        return Read(source.Files, mapped: false)
            ?? throw new LightDxmlException($"{path} holds {DescriptionOf(source.Files)}, not a model of LightDXML's own.");
    }

    private static StoredModel Open(ModelFiles files, double? tail, int threads)
    {
        if (Read(files, mapped: true) is { } members)
            return StoredModel.Of([.. members.Select(member => Turned(member, tail))], files.Name, threads);
        var format = FormatOf(files);
        if (!Formats.TryGetValue(format, out var known))
            throw new LightDxmlException($"{files.Name} holds a model of the format '{format}', which no loaded package reads.");
        if (tail is not null)
            throw new LightDxmlException($"{files.Name} holds {known.Description}, which has no tail weight (--tail).");
        return StoredModel.Of(known.Read(files), files.Name, known.Description);
    }

    /// <returns>The models, or null where they are of another format.</returns>
    private static IReadOnlyList<Model>? Read(ModelFiles files, bool mapped)
    {
        try
        {
            if (files.Has(EnsembleFolder.FormerConfigurationFile))
                return EnsembleFolder.Read(files, mapped);
            return FormatOf(files) switch
            {
                ModelConfiguration.Format => [ModelFolder.Read(files, mapped)],
                EnsembleFolder.Format => EnsembleFolder.Read(files, mapped),
                _ => null,
            };
        }
        catch (InvalidOperationException fault) when (fault is not ObjectDisposedException)
        {
            // What System.Text.Json says of text that is not UTF-8.
            throw new LightDxmlException($"{files.Name}: {ModelFolder.ConfigurationFile} is damaged: {fault.Message}", fault);
        }
    }

    private static Model Turned(Model model, double? tail)
    {
        if (tail is not { } value)
            return model;
        Configuration.Check.Range(value, 0, 1, "the tail weight");
        return model with { Inference = model.Inference with { Tail = value } };
    }

    /// <summary>Compares every file of a model, of whatever format, with the checksums that were saved with it.</summary>
    /// <exception cref="LightDxmlException">There is no model.</exception>
    public static IReadOnlyList<VerifiedFile> Verify(string path)
    {
        using var source = Source(path);
        return ModelVerification.Of(source.Files);
    }

    /// <summary>Whether a path is a model, in a folder or in one file.</summary>
    public static bool IsModelAt(string path) =>
        File.Exists(path) ? ModelArchive.IsAt(path) : Directory.Exists(path) && IsModelFolder(path);

    /// <summary>Whether a path is that of a file that a model in a folder may have, and the folder is a model.</summary>
    public static bool IsPartOfModel(string path)
    {
        var full = RealPath.Of(path);
        return ModelFolder.IsOwn(Path.GetFileName(full)) && IsModelFolder(Path.GetDirectoryName(full)!);
    }

    /// <summary>The folder of a model that a path lies in, however deep, or null.</summary>
    public static string? FolderAround(string path)
    {
        var folder = Path.GetDirectoryName(RealPath.Of(path));
        while (folder is not null && !IsModelFolder(folder))
            folder = Path.GetDirectoryName(folder);
        return folder;
    }

    private static bool IsModelFolder(string folder) =>
        IsModel(new FolderFiles(folder), ModelFolder.ConfigurationFile) || IsModel(new FolderFiles(folder), EnsembleFolder.FormerConfigurationFile);

    /// <summary>Whether a configuration says that it is a model's, of whatever format and version.</summary>
    internal static bool IsModel(ModelFiles files, string configuration)
    {
        try
        {
            using var json = JsonFile.Read(files, configuration);
            return json.Root.TryGetProperty("format", out var format) && format.ValueKind == System.Text.Json.JsonValueKind.String
                && format.GetString()!.StartsWith("lightdxml-", StringComparison.Ordinal);
        }
        catch (Exception fault) when (fault is LightDxmlException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string FormatOf(ModelFiles files)
    {
        using var json = JsonFile.Read(files, ModelFolder.ConfigurationFile);
        return json.Member("format").ToString();
    }

    private static string DescriptionOf(ModelFiles files) =>
        Formats.TryGetValue(FormatOf(files), out var known) ? known.Description : "a model of another format";

    private static bool IsFile(string path) => path.EndsWith(FileExtension, StringComparison.OrdinalIgnoreCase);

    private static OpenedFiles Source(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            return new OpenedFiles(ModelFolder.Files(path), null);
        var archive = ModelArchive.Open(path);
        return new OpenedFiles(new ArchiveFiles(archive, path), archive);
    }

    private sealed record OpenedFiles(ModelFiles Files, ZipArchive? Archive) : IDisposable
    {
        public void Dispose() => Archive?.Dispose();
    }
}
