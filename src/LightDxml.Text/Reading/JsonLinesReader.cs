using System.Text.Json;
using LightDxml.Data.Parsing;

namespace LightDxml.Text.Reading;

/// <summary>Reads a JSON object a line.</summary>
internal sealed class JsonLinesReader : LineDocumentReader, IJsonTokens
{
    private readonly JsonDocumentParser _parser;

    public JsonLinesReader(Stream stream, string file, TextReadOptions options)
        : base(stream, file, options) =>
        _parser = new JsonDocumentParser(new FieldNames(options), options, this);

    public override IReadOnlyList<string> Notes => _parser.Notes;

    public bool Read(ref Utf8JsonReader reader) => reader.Read();

    protected override string? Fault(ReadOnlySpan<byte> line, DocumentBatch batch)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return $"found {LineText.Quote(line)}, expected a JSON object";
            var fault = _parser.Parse(ref reader, batch);
            // What follows the object is an error of the reader's own.
            reader.Read();
            return fault;
        }
        catch (JsonException exception)
        {
            return JsonFault.Of(exception);
        }
        catch (InvalidOperationException)
        {
            return JsonFault.NotUtf8;
        }
    }
}
