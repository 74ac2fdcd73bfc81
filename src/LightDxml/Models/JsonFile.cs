using System.Text.Json;

namespace LightDxml.Models;

/// <summary>A JSON file of a model, with errors that name the file.</summary>
internal sealed class JsonFile : IDisposable
{
    private readonly JsonDocument _document;

    private JsonFile(JsonDocument document, string path) => (_document, Path) = (document, path);

    public string Path { get; }

    public JsonElement Root => _document.RootElement;

    /// <exception cref="LightDxmlException">Not readable, or not a JSON object.</exception>
    public static JsonFile Read(ModelFiles files, string file)
    {
        var path = files.NameOf(file);
        try
        {
            using var stream = files.OpenRead(file);
            var document = JsonDocument.Parse(stream);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return new JsonFile(document, path);
            document.Dispose();
            throw new LightDxmlException($"{path}: not a JSON object.");
        }
        catch (JsonException fault)
        {
            throw new LightDxmlException($"{path}: damaged: {fault.Message.Split(" Path:")[0]}", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new LightDxmlException($"Cannot read {path}: {fault.Message}", fault);
        }
    }

    public bool HasFormat(string format) => Root.TryGetProperty("format", out var member) && member.ValueKind == JsonValueKind.String && member.ValueEquals(format);

    /// <exception cref="LightDxmlException">It is missing.</exception>
    public JsonElement Member(string name) => Root.TryGetProperty(name, out var member) ? member : throw new LightDxmlException($"{Path}: {name} is missing.");

    /// <exception cref="LightDxmlException">It is missing or neither true nor false.</exception>
    public bool Flag(string name) => Member(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new LightDxmlException($"{Path}: {name} is neither true nor false."),
    };

    /// <exception cref="LightDxmlException">It is missing or not a whole number from 0 on.</exception>
    public int Whole(string name) => Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt32(out var whole) && whole >= 0
        ? whole
        : throw new LightDxmlException($"{Path}: {name} is not a whole number.");

    /// <exception cref="LightDxmlException">It is missing or no text.</exception>
    public string Text(string name) => Member(name) is { ValueKind: JsonValueKind.String } member
        ? member.GetString()!
        : throw new LightDxmlException($"{Path}: {name} is not text.");

    public void Dispose() => _document.Dispose();
}
