using System.Text.Json;
using LightDxml.Text;

namespace LightDxml.Models;

/// <summary><c>label-names.jsonl</c>: the names of each label as one JSON array per line, line l being label row l.</summary>
internal static class LabelTextFile
{
    public static void Write(LabelTexts texts, string path)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        foreach (var names in texts.Names)
        {
            using (var writer = new Utf8JsonWriter(stream))
            {
                writer.WriteStartArray();
                foreach (var name in names)
                    writer.WriteStringValue(name);
                writer.WriteEndArray();
            }

            stream.WriteByte((byte)'\n');
        }
    }

    /// <exception cref="LightDxmlException">Not readable, or not one array of strings per label.</exception>
    public static LabelTexts Read(ModelFiles files, string file, int labelCount)
    {
        var labels = new List<IReadOnlyList<string>>();
        try
        {
            using var reader = new StreamReader(files.OpenRead(file), System.Text.Encoding.UTF8);
            while (reader.ReadLine() is { } line)
            {
                using var json = JsonDocument.Parse(line);
                labels.Add([.. json.RootElement.EnumerateArray().Select(name => name.GetString() ?? throw new JsonException())]);
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new LightDxmlException($"{files.NameOf(file)}({labels.Count + 1}): expected an array of strings, the names of a label.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new LightDxmlException($"Cannot read {files.NameOf(file)}: {fault.Message}", fault);
        }

        return labels.Count == labelCount ? new LabelTexts(labels) : throw new LightDxmlException($"{files.NameOf(file)}: the names of {labels.Count} labels, but there are {labelCount}.");
    }
}
