using System.Text.Json;

namespace LightDxml.Text.Reading;

/// <summary>Fields that are named by paths into objects: <c>meta.subjects</c>. Arrays on the way are gone through, so that a field may have many values.</summary>
internal sealed partial class JsonDocumentParser
{
    // A bit a field.
    private const int AllFields = (1 << FieldNames.Count) - 1;

    /// <summary>The fields, of those given, whose path has the property's name at a depth.</summary>
    private int OnPaths(ref Utf8JsonReader reader, int depth, int fields)
    {
        var found = 0;
        for (var field = DocumentField.Id; field <= DocumentField.Labels; field++)
        {
            if ((fields >> (int)field & 1) != 0 && names.PathOf(field) is { } path && depth < path.Length && FieldNames.Is(ref reader, path[depth]))
                found |= 1 << (int)field;
        }

        return found;
    }

    /// <summary>Reads what paths lead to in the value that starts here.</summary>
    private string? Descend(ref Utf8JsonReader reader, DocumentBatch batch, int depth, int fields, scoped Span<int> ranks)
    {
        string? fault = null;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            if ((fields >> (int)DocumentField.Labels & 1) != 0)
                batch.MarkListed();
            while (tokens.Read(ref reader) && reader.TokenType != JsonTokenType.EndArray)
                fault = Descend(ref reader, batch, depth, fields, ranks) ?? fault;
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (tokens.Read(ref reader) && reader.TokenType == JsonTokenType.PropertyName)
            {
                var on = OnPaths(ref reader, depth, fields);
                tokens.Read(ref reader);
                if (on == 0)
                    PassOver(ref reader);
                else if (EndsAt(on, depth) is { } field)
                    (fault, ranks[(int)field]) = (ReadValue(ref reader, field, batch, isMore: true) ?? fault, 0);
                else
                    fault = Descend(ref reader, batch, depth + 1, on, ranks) ?? fault;
            }
        }

        return fault;
    }

    private DocumentField? EndsAt(int fields, int depth)
    {
        for (var field = DocumentField.Id; field <= DocumentField.Labels; field++)
        {
            if ((fields >> (int)field & 1) != 0 && names.PathOf(field)!.Length == depth + 1)
                return field;
        }

        return null;
    }
}
