using System.Text.Json;

namespace LightDxml.Text.Reading;

/// <summary>Reads a JSON object as a document. Strings are unescaped straight into the batch; fields that no one asked for are passed over.</summary>
internal sealed class JsonDocumentParser(FieldNames names, string labelSeparator, IJsonTokens tokens)
{
    private readonly byte[] _labelSeparator = System.Text.Encoding.UTF8.GetBytes(labelSeparator);

    /// <summary>Sets the batch's open document from the object whose start is the current token; afterwards its end is.</summary>
    /// <returns>What is wrong with the object, or null.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public string? Parse(ref Utf8JsonReader reader, DocumentBatch batch)
    {
        string? fault = null;
        Span<int> ranks = stackalloc int[FieldNames.Count];
        ranks.Fill(int.MaxValue);
        while (tokens.Read(ref reader) && reader.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = Recognize(ref reader, ranks, out var field);
            tokens.Read(ref reader);
            if (!wanted)
                PassOver(ref reader);
            else if (field == DocumentField.Labels)
                fault = ReadLabels(ref reader, batch) ?? fault;
            else
                fault = ReadField(ref reader, field, batch) ?? fault;
        }

        var hasText = ranks[(int)DocumentField.Text] < int.MaxValue
            || (!names.IsChosen[(int)DocumentField.Text] && ranks[(int)DocumentField.Title] < int.MaxValue);
        return fault ?? (hasText ? null : names.NoText);
    }

    /// <summary>Whether the property is a field of ours, and preferred to what was read of it so far.</summary>
    private bool Recognize(ref Utf8JsonReader reader, scoped Span<int> ranks, out DocumentField field)
    {
        for (field = DocumentField.Id; field <= DocumentField.Labels; field++)
        {
            var known = names.Utf8NamesOf(field);
            for (var rank = 0; rank < known.Length; rank++)
            {
                if (!reader.ValueTextEquals(known[rank]))
                    continue;
                if (rank > ranks[(int)field])
                    return false;
                ranks[(int)field] = rank;
                return true;
            }
        }

        return false;
    }

    private string? ReadField(ref Utf8JsonReader reader, DocumentField field, DocumentBatch batch)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                batch.SetReserved(field, Copy(ref reader, batch));
                return null;
            case JsonTokenType.Number:
                batch.Set(field, reader.ValueSpan);
                return null;
            case JsonTokenType.Null:
                batch.Set(field, ReadOnlySpan<byte>.Empty);
                return null;
            default:
                var found = reader.TokenType;
                PassOver(ref reader);
                return $"found {Noun(found)} as {field.ToString().ToLowerInvariant()}, expected a string";
        }
    }

    private string? ReadLabels(ref Utf8JsonReader reader, DocumentBatch batch)
    {
        batch.ClearLabels();
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return LabelList.Add(reader.ValueIsEscaped ? System.Text.Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan, _labelSeparator, batch);
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.StartArray:
                return ReadLabelArray(ref reader, batch);
            default:
                var found = reader.TokenType;
                PassOver(ref reader);
                return $"found {Noun(found)} as labels, expected an array of strings";
        }
    }

    private string? ReadLabelArray(ref Utf8JsonReader reader, DocumentBatch batch)
    {
        string? fault = null;
        while (tokens.Read(ref reader) && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                batch.AddReservedLabel(Copy(ref reader, batch));
            }
            else if (reader.TokenType == JsonTokenType.Number)
            {
                batch.AddLabel(reader.ValueSpan);
            }
            else
            {
                fault = $"found {Noun(reader.TokenType)} as a label, expected a string";
                PassOver(ref reader);
            }
        }

        return fault;
    }

    private static int Copy(ref Utf8JsonReader reader, DocumentBatch batch) => reader.CopyString(batch.Reserve(reader.ValueSpan.Length));

    /// <summary>Moves to the last token of the value that starts here.</summary>
    private void PassOver(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        var depth = reader.CurrentDepth;
        while (tokens.Read(ref reader) && reader.CurrentDepth > depth)
        {
        }
    }

    private static string Noun(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.True or JsonTokenType.False => "a truth value",
        JsonTokenType.Number => "a number",
        _ => "null",
    };
}
