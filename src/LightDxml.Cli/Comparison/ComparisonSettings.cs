using System.Text.Json;
using LightDxml.Storage;

namespace LightDxml.Cli.Comparison;

/// <summary>What all methods of a comparison share. An interrupted comparison is resumed only with the same.</summary>
/// <param name="Test">Null where a share of the training points is held out instead.</param>
/// <param name="HoldOut">That share; 0 with a test set.</param>
internal sealed record ComparisonSettings(
    DataFileStamp Train, DataFileStamp? Test, double HoldOut, int Top, int Seed, int Threads, double PropensityA, double PropensityB)
{
    private const string FileName = "run.json";
    private static readonly JsonSerializerOptions Layout = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n" };

    /// <summary>Starts a comparison in <paramref name="folder"/>, or makes sure that the one begun there is this one.</summary>
    /// <exception cref="LightDxmlException">The folder holds something else, or a comparison with other settings.</exception>
    public void Begin(string folder)
    {
        if (File.Exists(folder))
            throw new LightDxmlException($"{folder} is a file, not a folder.");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            if (TryRead(path) != this)
                throw new LightDxmlException($"{folder} holds a comparison with other data or settings ({FileName}); give another folder, or delete this one.");
            return;
        }

        if (Directory.EnumerateFileSystemEntries(folder).Any())
            throw new LightDxmlException($"{folder} exists and is not a comparison ({FileName} is missing); it is left as it is.");
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, Layout));
    }

    private static ComparisonSettings? TryRead(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ComparisonSettings>(File.ReadAllBytes(path), Layout);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Tells whether a file is still the one that it was.</summary>
internal sealed record DataFileStamp(string Path, long Bytes, DateTime ModifiedUtc)
{
    public static DataFileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new(file.FullName, file.Length, file.LastWriteTimeUtc) : throw new LightDxmlException($"{path} does not exist.");
    }
}
