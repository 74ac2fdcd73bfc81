using System.Globalization;
using System.Text.Json;
using LightDxml.Storage;

namespace LightDxml.Models;

/// <summary>
/// Models of one data set that predict together: a folder with <c>member-1</c>, <c>member-2</c>, …, each a model folder, and
/// <c>ensemble.json</c>, which says how many they are.
/// </summary>
public static class EnsembleFolder
{
    public const string ConfigurationFile = "ensemble.json";
    private const string Format = "lightdxml-ensemble";
    private const int Version = 1;

    /// <summary>Whether a folder holds an ensemble rather than one model.</summary>
    public static bool IsAt(string folder) => File.Exists(Path.Combine(folder, ConfigurationFile));

    /// <summary>Throws where <see cref="Save"/> would refuse <paramref name="folder"/>, before models are trained in vain.</summary>
    /// <exception cref="LightDxmlException">The folder exists, is not empty, and is not an ensemble.</exception>
    public static void CheckTarget(string folder) => AtomicFolder.CheckTarget(folder, ConfigurationFile);

    /// <summary>Writes the members in place of what may be there; a killed process leaves the one or the other.</summary>
    /// <exception cref="LightDxmlException">The folder exists, is not empty, and is not an ensemble.</exception>
    public static void Save(IReadOnlyList<Model> members, string folder)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentOutOfRangeException.ThrowIfZero(members.Count);
        AtomicFolder.Write(folder, ConfigurationFile, temporary =>
        {
            for (var i = 0; i < members.Count; i++)
                ModelFolder.Save(members[i], Path.Combine(temporary, Member(i)));
            using var stream = new FileStream(Path.Combine(temporary, ConfigurationFile), FileMode.CreateNew, FileAccess.Write);
            using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteNumber("formatVersion", Version);
            writer.WriteNumber("members", members.Count);
            writer.WriteEndObject();
        });
    }

    /// <summary>Opens the members to predict with.</summary>
    /// <exception cref="LightDxmlException">There is no ensemble, or one of its files is missing or damaged.</exception>
    public static IReadOnlyList<Model> Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var count = ReadCount(Path.Combine(folder, ConfigurationFile));
        return [.. Enumerable.Range(0, count).Select(i => ModelFolder.Open(Path.Combine(folder, Member(i))))];
    }

    private static string Member(int index) => string.Create(CultureInfo.InvariantCulture, $"member-{index + 1}");

    private static int ReadCount(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("format", out var format) && format.ValueEquals(Format)
                && root.TryGetProperty("formatVersion", out var version) && version.TryGetInt32(out var number) && number == Version
                && root.TryGetProperty("members", out var members) && members.TryGetInt32(out var count) && count > 0)
                return count;
            throw new LightDxmlException($"{path}: not an ensemble of version {Version}.");
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new LightDxmlException($"Cannot read {path}: {fault.Message}", fault);
        }
    }
}
