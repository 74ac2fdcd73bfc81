using System.Runtime.InteropServices;
using System.Text.Json;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>What a training's bits follow from: checksums of its data, its settings, the program. Another training may go on from a checkpoint only if all are the same.</summary>
internal sealed class CheckpointKey
{
    private const string Format = "lightdxml-checkpoint";
    private const int Version = 1;
    private readonly Lazy<IReadOnlyList<(string Name, string Value)>> _parts;

    /// <param name="parts">Names as users know them, and values.</param>
    public CheckpointKey(IReadOnlyList<(string Name, string Value)> parts) => _parts = new Lazy<IReadOnlyList<(string Name, string Value)>>(parts);

    /// <param name="parts">Is asked when a checkpoint is compared or first written: most trainings end before, and need not read their data once more.</param>
    public CheckpointKey(Func<IReadOnlyList<(string Name, string Value)>> parts) => _parts = new Lazy<IReadOnlyList<(string Name, string Value)>>(parts);

    private IReadOnlyList<(string Name, string Value)> Parts => _parts.Value;

    /// <summary>Tells the files of one training from another's.</summary>
    public string Checksum => Storage.Checksum.Of(MemoryMarshal.AsBytes(string.Concat(Parts.Select(part => $"{part.Name}\n{part.Value}\n")).AsSpan()));

    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("formatVersion", Version);
        json.WriteStartObject("madeOf");
        foreach (var (name, value) in Parts)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Whether a file is the key of a checkpoint, of any version.</summary>
    public static bool IsOne(ModelFiles files, string file)
    {
        try
        {
            using var json = JsonFile.Read(files, file);
            return json.HasFormat(Format);
        }
        catch (LightDxmlException)
        {
            return false;
        }
    }

    /// <exception cref="LightDxmlException">Not readable, or of another version.</exception>
    public static CheckpointKey Read(ModelFiles files, string file)
    {
        using var json = JsonFile.Read(files, file);
        if (!json.HasFormat(Format) || json.Whole("formatVersion") != Version || json.Member("madeOf") is not { ValueKind: JsonValueKind.Object } parts)
            throw new LightDxmlException($"{json.Path}: not a checkpoint that this version of the program wrote.");
        return new CheckpointKey([.. parts.EnumerateObject().Select(part => (part.Name, part.Value.ToString()))]);
    }

    /// <summary>What is not as it was, for a message; null where all is.</summary>
    public string? ChangedSince(CheckpointKey earlier)
    {
        var before = earlier.Parts.ToDictionary(part => part.Name, part => part.Value);
        var now = Parts.ToDictionary(part => part.Name, part => part.Value);
        string[] changes =
        [
            .. Parts.Where(part => !before.ContainsKey(part.Name)).Select(part => $"{part.Name} was not given"),
            .. Parts.Where(part => before.TryGetValue(part.Name, out var value) && value != part.Value).Select(part => Change(part.Name, before[part.Name], part.Value)),
            .. earlier.Parts.Where(part => !now.ContainsKey(part.Name)).Select(part => $"{part.Name} is not given"),
        ];
        return changes.Length == 0 ? null : string.Join("; ", changes);
    }

    // Checksums tell a user nothing.
    private static string Change(string name, string before, string now) =>
        before.Length == 2 * Storage.Checksum.Length && now.Length == before.Length ? $"the content of {name} has changed" : $"{name} was {before} and is {now}";
}
