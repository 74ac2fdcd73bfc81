using System.Globalization;
using LightDxml.Models;
using LightDxml.Storage;

namespace LightDxml.Training;

/// <summary>The folder of a checkpoint, beside what is trained: one safetensors file a result or state, and what they were made of.</summary>
internal sealed class CheckpointFolder
{
    private const string KeyFile = "checkpoint.json";
    private const string PartExtension = ".safetensors";
    private const string PartMark = "-part-";
    private const string KeyName = "checkpoint";
    private readonly CheckpointKey _key;
    private readonly Lock _writing;
    private bool _isOurs;
    private bool _isBegunByItself;

    private CheckpointFolder(string path, CheckpointKey key, Lock writing, bool isOurs) => (Path, _key, _writing, _isOurs) = (path, key, writing, isOurs);

    public string Path { get; }

    /// <summary>Whether there is something to go on from.</summary>
    public bool IsThere => File.Exists(PathOf(KeyFile));

    /// <summary>Whether there is something of this very training to go on from.</summary>
    public bool HoldsWork => _isOurs && IsThere;

    /// <summary>What goes on from here.</summary>
    public string HowToGoOn => _isBegunByItself ? "the same command" : "the same command with --resume";

    /// <summary>What to do to begin anew.</summary>
    public string HowToBeginAnew => _isBegunByItself ? $"delete {Path}" : "leave --resume out";

    /// <summary>Whether the last thing said of it was said when the training was stopped.</summary>
    public bool IsSaidAtStop { get; set; }

    /// <summary>Is called before each boundary; for tests.</summary>
    internal Action? AtBoundary { get; init; }

    /// <summary>The name of an output's checkpoint.</summary>
    public static string NameFor(string output) => System.IO.Path.TrimEndingDirectorySeparator(output) + ".checkpoint";

    /// <summary>The place for a new training's checkpoint. One of an earlier training is deleted with the first save.</summary>
    /// <param name="writing">Is held while files are written.</param>
    /// <exception cref="LightDxmlException">Something else has the name.</exception>
    public static CheckpointFolder Begin(string path, CheckpointKey key, Lock? writing = null, Action? atBoundary = null)
    {
        if (File.Exists(path) || Directory.Exists(path) && !CheckpointKey.IsOne(new FolderFiles(path), KeyFile) && Directory.EnumerateFileSystemEntries(path).Any(entry => !IsOwn(entry)))
            throw new LightDxmlException($"{path} exists and is not a checkpoint; it is left as it is. Move it away, or train without checkpoints: --checkpoint-every 0.");
        return new CheckpointFolder(path, key, writing ?? new Lock(), isOurs: false) { AtBoundary = atBoundary };
    }

    /// <summary>A checkpoint to go on from; as <see cref="Begin"/> where there is none.</summary>
    /// <exception cref="LightDxmlException">It was made of something else; the message says of what.</exception>
    public static CheckpointFolder Resume(string path, CheckpointKey key, Lock? writing = null, Action? atBoundary = null) =>
        OfThisTraining(path, key, writing, atBoundary, out var change)
            ?? throw new LightDxmlException($"{CannotGoOn(path, change!)} Give what it was begun with, or leave --resume out to begin anew.");

    /// <summary>The error of a training that goes on from here on a machine which has something else.</summary>
    public LightDxmlException Changed(string change) => new(
        $"{CannotGoOn(Path, change)} {(_isBegunByItself ? "Run the command on the machine where it was begun" : "Give what it was begun with")}, or {HowToBeginAnew} to begin anew.");

    /// <summary>As <see cref="Resume"/>, but what was made of something else is begun anew, and the same command always goes on.</summary>
    public static CheckpointFolder ResumeOrBegin(string path, CheckpointKey key, Lock? writing = null)
    {
        var folder = OfThisTraining(path, key, writing, atBoundary: null, out _) ?? Begin(path, key, writing);
        folder._isBegunByItself = true;
        return folder;
    }

    /// <summary>The name of one of several processes' part of a result; that of a single one is the result's own.</summary>
    public static string PartName(string name, int part, int parts) => parts == 1 ? name : $"{name}{PartMark}{part + 1}-of-{parts}";

    /// <summary>The parts of a result, for <see cref="Delete"/>.</summary>
    public static string PartsName(string name) => $"{name}{PartMark}*";

    /// <summary>In how many parts a result is there; 0 where not all of any number are.</summary>
    public int PartsOf(string name)
    {
        if (!_isOurs)
            return 0;
        if (File.Exists(PartPath(name)))
            return 1;
        var first = $"{name}{PartMark}1-of-";
        return Directory.EnumerateFiles(Path, $"{first}*{PartExtension}")
            .Select(file => int.TryParse(System.IO.Path.GetFileNameWithoutExtension(file)[first.Length..], CultureInfo.InvariantCulture, out var parts) ? parts : 0)
            .Order().FirstOrDefault(parts => parts > 1 && Enumerable.Range(0, parts).All(part => File.Exists(PartPath(PartName(name, part, parts)))));
    }

    /// <summary>Makes the folder this training's own, before others of its processes write to it.</summary>
    /// <exception cref="LightDxmlException">It cannot be written.</exception>
    public void Claim()
    {
        lock (_writing)
        {
            if (!_isOurs)
                TakeOver();
        }
    }

    /// <summary>Writes beside the first process, whose folder this is; makes one of its own where it does not see that.</summary>
    public void Join()
    {
        _isOurs |= IsThere;
        Claim();
    }

    /// <returns>Null where it was not stored.</returns>
    /// <exception cref="LightDxmlException">The file is damaged.</exception>
    public SafetensorsFile? Open(string name)
    {
        if (!_isOurs || !File.Exists(PartPath(name)))
            return null;
        var file = new SafetensorsFile(PartPath(name));
        try
        {
            if (!file.Verify() || !file.Metadata.TryGetValue(KeyName, out var key) || key != _key.Checksum)
                throw new LightDxmlException($"{file.Path}: not of this training.");
            return file;
        }
        catch (LightDxmlException fault)
        {
            file.Dispose();
            throw new LightDxmlException($"{fault.Message} Delete {PartPath(name)} to compute it again.", fault);
        }
    }

    /// <exception cref="LightDxmlException">The file cannot be written.</exception>
    public void Write(string name, Action<SafetensorsWriter> write)
    {
        lock (_writing)
        {
            Claim();
            var writer = new SafetensorsWriter();
            writer.AddMetadata(KeyName, _key.Checksum);
            write(writer);
            AtomicFile.Write(PartPath(name), writer.WriteTo);
        }
    }

    /// <param name="name">A part, or all of a scope: <c>scope.*</c>.</param>
    public void Delete(string name)
    {
        if (!_isOurs)
            return;
        foreach (var file in Directory.EnumerateFiles(Path).Where(file => IsOf(System.IO.Path.GetFileNameWithoutExtension(file), name)))
            TryDelete(file);
    }

    /// <summary>Deletes the checkpoint, when what it was for is done. Files of others stay.</summary>
    public void Remove()
    {
        if (!Directory.Exists(Path))
            return;
        try
        {
            Clear();
            if (!Directory.EnumerateFileSystemEntries(Path).Any())
                Directory.Delete(Path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way.
        }
    }

    private static string CannotGoOn(string path, string change) => $"The training cannot go on from {path}: since then, {change}.";

    // A new one where there is none, and null where it was made of something else.
    private static CheckpointFolder? OfThisTraining(string path, CheckpointKey key, Lock? writing, Action? atBoundary, out string? change)
    {
        change = null;
        if (!File.Exists(System.IO.Path.Combine(path, KeyFile)))
            return Begin(path, key, writing, atBoundary);
        change = key.ChangedSince(CheckpointKey.Read(new FolderFiles(path), KeyFile));
        return change is null ? new CheckpointFolder(path, key, writing ?? new Lock(), isOurs: true) { AtBoundary = atBoundary } : null;
    }

    private void TakeOver()
    {
        try
        {
            Directory.CreateDirectory(Path);
            Clear();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"{Path} cannot be written: {fault.Message}", fault);
        }

        AtomicFile.Write(PathOf(KeyFile), _key.Write);
        _isOurs = true;
    }

    // The key goes first: without it, what is left is no checkpoint.
    private void Clear()
    {
        File.Delete(PathOf(KeyFile));
        foreach (var file in Directory.EnumerateFiles(Path).Where(IsOwn))
            TryDelete(file);
    }

    // Others may keep weights of theirs here, too: by its name alone no file is ours.
    private static bool IsOwn(string path) => System.IO.Path.GetExtension(path) switch
    {
        PartExtension => HoldsPart(path),
        AtomicFile.TemporaryExtension => System.IO.Path.GetFileName(path) is ['.', ..] name
            && (name.Contains(PartExtension + ".", StringComparison.Ordinal) || AtomicFile.IsTemporary(path, KeyFile)),
        _ => false,
    };

    private static bool HoldsPart(string path)
    {
        try
        {
            using var file = new SafetensorsFile(path);
            return file.Metadata.ContainsKey(KeyName);
        }
        catch (LightDxmlException)
        {
            return false;
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is passed over, or deleted with the folder.
        }
    }

    private static bool IsOf(string part, string name) =>
        name.EndsWith('*') ? part.StartsWith(name[..^1], StringComparison.Ordinal) : part == name;

    private string PartPath(string name) => PathOf(name + PartExtension);

    private string PathOf(string file) => System.IO.Path.Combine(Path, file);
}
