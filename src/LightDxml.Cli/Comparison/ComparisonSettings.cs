using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using LightDxml.Cli.Input;
using LightDxml.Storage;

namespace LightDxml.Cli.Comparison;

/// <summary>What all methods of a comparison share. An interrupted comparison is resumed only with the same.</summary>
/// <param name="Test">Null where a share of the training points is held out instead.</param>
/// <param name="HoldOut">That share; 0 with a test set.</param>
/// <param name="Version">Of the tool that made its features.</param>
/// <param name="CommandLine">That did so.</param>
internal sealed record ComparisonSettings(
    DataFileStamp Train, DataFileStamp? Test, DataFileStamp? Filter, double HoldOut, int Top, int Seed, int Threads, double PropensityA, double PropensityB,
    string? TextReading, string Version, string CommandLine)
{
    private const string FileName = "run.json";

    /// <summary>Of this tool.</summary>
    public static string ToolVersion { get; } = typeof(ComparisonSettings).Assembly.GetName().Version?.ToString(3) ?? "";

    private static readonly JsonSerializerOptions Layout = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes sure that a comparison can begin in <paramref name="folder"/>, or that the one begun there is this one. Writes nothing.</summary>
    /// <exception cref="LightDxmlException">The folder holds something else, or a comparison with other settings.</exception>
    public void Check(string folder)
    {
        if (File.Exists(folder))
            throw new LightDxmlException($"{folder} is a file, not a folder.");
        if (!Directory.Exists(folder))
            return;
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            if (Directory.EnumerateFileSystemEntries(folder).Any(entry => !AtomicFile.IsTemporary(entry, path)))
                throw new LightDxmlException($"{folder} exists and is not a comparison ({FileName} is missing); it is left as it is.");
            return;
        }

        var differences = TryRead(path) is { } there ? string.Join("; ", Differences(there)) : $"{FileName} cannot be read";
        if (differences.Length > 0)
            throw new LightDxmlException($"{folder} holds a comparison with other data or settings ({differences}); give another folder, or delete this one.");
    }

    /// <summary>The version of the tool that the comparison in <paramref name="folder"/> is of, where that is another one; else null.</summary>
    public string? OtherVersion(string folder) =>
        Path.Combine(folder, FileName) is var path && File.Exists(path) && TryRead(path)?.Version is { } there && there != Version ? there : null;

    /// <summary>Starts the comparison in <paramref name="folder"/>, or goes on with it.</summary>
    public void Begin(string folder)
    {
        Check(folder);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path) || OtherVersion(folder) is not null)
            AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, Layout));
    }

    private IEnumerable<string> Differences(ComparisonSettings there)
    {
        (string Name, string Here, string There)[] settings =
        [
            ("--train", Train.ToString(), there.Train.ToString()),
            ("--test", $"{Test}", $"{there.Test}"),
            ("--filter", $"{Filter}", $"{there.Filter}"),
            ("--hold-out", Text(HoldOut), Text(there.HoldOut)),
            ("--top", Text(Top), Text(there.Top)),
            ("--seed", Text(Seed), Text(there.Seed)),
            ("--threads", Text(Threads), Text(there.Threads)),
            ("--propensity-a", Text(PropensityA), Text(there.PropensityA)),
            ("--propensity-b", Text(PropensityB), Text(there.PropensityB)),
            .. TextReadingChanges.Of(TextReading, there.TextReading),
        ];
        return settings.Where(setting => setting.Here != setting.There)
            .Select(setting => $"{setting.Name} is {(setting.There.Length > 0 ? setting.There : "not given")} there, and {(setting.Here.Length > 0 ? setting.Here : "not given")} here");

        static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private static ComparisonSettings? TryRead(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ComparisonSettings>(File.ReadAllBytes(path), Layout) is { Train: not null } settings ? settings : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Tells whether a data set is still the one that it was, wherever its files lie.</summary>
/// <param name="Name">As it was given.</param>
internal sealed record DataFileStamp(string Name, long Bytes, string Sha256)
{
    /// <summary>Where the files are.</summary>
    [JsonIgnore]
    public DataSource? Source { get; init; }

    public static DataFileStamp Of(string name)
    {
        var source = DataSource.Of(name);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        foreach (var path in source.Paths.SelectMany(FilesOf))
        {
            if (!File.Exists(path))
                throw new LightDxmlException($"{path} does not exist.");
            using var file = File.OpenRead(path);
            bytes += file.Length;
            hash.AppendData(SHA256.HashData(file));
        }

        return new DataFileStamp(Path.GetFileName(name), bytes, Convert.ToHexStringLower(hash.GetHashAndReset())) { Source = source };
    }

    /// <summary>What is in the folder of a text encoder; null of one that is known by name alone.</summary>
    public static string? OfEncoder(string? encoder) => Directory.Exists(encoder) ? Of(encoder).Sha256[..16] : null;

    private static IEnumerable<string> FilesOf(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [path];

    public override string ToString() => $"{Name} ({Bytes} bytes, {Sha256[..8]})";
}
