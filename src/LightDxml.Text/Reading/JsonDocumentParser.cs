using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace LightDxml.Text.Reading;

/// <summary>Reads a JSON object as a document. Strings are unescaped straight into the batch; fields that no one asked for are passed over.</summary>
internal sealed partial class JsonDocumentParser(FieldNames names, TextReadOptions options, IJsonTokens tokens)
{
    /// <summary>The rank of a field that is null: any of its names with a value goes before it.</summary>
    private const int OfNull = int.MaxValue - 1;

    private readonly byte[] _labelSeparator = Encoding.UTF8.GetBytes(options.LabelSeparator ?? ",");

    // A list of one string may hold several labels, as in ["math.NT cs.CV"]; where commas part labels, it holds a name with a comma.
    private readonly bool _splitsOnlyElement = options.LabelSeparator is not (null or "" or ",");

    // Of a sample, in the order in which they are met.
    private readonly List<string>? _unread = options.IsSample ? [] : null;

    /// <summary>What should be said of the fields that are not read.</summary>
    public IReadOnlyList<string> Notes => [.. UnreadFields.Note("Fields", _unread ?? [])];

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
            var rank = Recognize(ref reader, ranks, out var field);
            var fields = names.HasPaths ? OnPaths(ref reader, depth: 0, AllFields) : 0;
            if (rank < 0 && fields == 0)
                NoteUnread(ref reader);
            tokens.Read(ref reader);
            if (fields > 0 && (rank < 0 || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray))
                fault = Descend(ref reader, batch, depth: 1, fields, ranks) ?? fault;
            else if (rank < 0)
                PassOver(ref reader);
            else if (reader.TokenType == JsonTokenType.Null)
                ranks[(int)field] = Math.Min(ranks[(int)field], OfNull);
            else
                (ranks[(int)field], fault) = (rank, ReadValue(ref reader, field, batch, isMore: false) ?? fault);
        }

        if (options.MultiHotPlaces > 0)
            fault ??= MultiHotLabels.Name(options.MultiHotPlaces, batch);
        var hasText = ranks[(int)DocumentField.Text] < int.MaxValue
            || (!names.IsChosen[(int)DocumentField.Text] && ranks[(int)DocumentField.Title] < int.MaxValue);
        return fault ?? (hasText || !names.NeedsText && Math.Min(ranks[(int)DocumentField.Id], ranks[(int)DocumentField.Labels]) < int.MaxValue ? null : names.NoText);
    }

    /// <summary>The place of the property among the names of a field, −1 where it is no field of ours, or others are preferred to it that were read.</summary>
    private int Recognize(ref Utf8JsonReader reader, scoped ReadOnlySpan<int> ranks, out DocumentField field)
    {
        for (field = DocumentField.Id; field <= DocumentField.Labels; field++)
        {
            if (names.RankOf(field, ref reader) is >= 0 and var rank)
                return rank > ranks[(int)field] ? -1 : rank;
        }

        return -1;
    }

    private void NoteUnread(ref Utf8JsonReader reader)
    {
        if (_unread is not null && reader.GetString() is { } name && !_unread.Contains(name))
            _unread.Add(name);
    }

    /// <param name="isMore">Whether the value is added to what the document has of the field.</param>
    private string? ReadValue(ref Utf8JsonReader reader, DocumentField field, DocumentBatch batch, bool isMore)
    {
        if (field == DocumentField.Labels)
        {
            if (!isMore)
                batch.ClearLabels();
            return ReadLabels(ref reader, batch);
        }

        if (!isMore)
            batch.Set(field, ReadOnlySpan<byte>.Empty);
        return ReadField(ref reader, field, batch);
    }

    /// <summary>Adds a value, or the strings of a list, to a field.</summary>
    private string? ReadField(ref Utf8JsonReader reader, DocumentField field, DocumentBatch batch)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String or JsonTokenType.Number:
                batch.Continue(field);
                var length = Copy(ref reader, batch);
                batch.Extend(field, Math.Max(0, length));
                return length < 0 ? JsonFault.NotUtf8 : null;
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.StartArray:
                string? fault = null;
                while (tokens.Read(ref reader) && reader.TokenType != JsonTokenType.EndArray)
                    fault = ReadField(ref reader, field, batch) ?? fault;
                return fault;
            default:
                var found = reader.TokenType;
                PassOver(ref reader);
                var name = field.ToString().ToLowerInvariant();
                return $"found {Noun(found)} as {name}, expected a string{(found == JsonTokenType.StartObject ? $"; --{name}-field names a path into objects, such as {name}.value" : "")}";
        }
    }

    private string? ReadLabels(ref Utf8JsonReader reader, DocumentBatch batch)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when batch.IsOpenListed:
                return AddWhole(ref reader, batch);
            case JsonTokenType.String:
                return Plain(ref reader) is { } labels ? LabelList.Add(labels, _labelSeparator, batch) : JsonFault.NotUtf8;
            case JsonTokenType.Number:
                batch.AddLabel(reader.ValueSpan);
                return null;
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.StartArray:
                return ReadLabelArray(ref reader, batch);
            default:
                var found = reader.TokenType;
                PassOver(ref reader);
                return $"found {Noun(found)} as labels, expected an array of strings{(found == JsonTokenType.StartObject ? "; a path such as labels.name leads into objects" : "")}";
        }
    }

    private string? ReadLabelArray(ref Utf8JsonReader reader, DocumentBatch batch)
    {
        string? fault = null;
        batch.MarkListed();
        var before = batch.OpenLabelCount;
        while (tokens.Read(ref reader) && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
            {
                fault = AddWhole(ref reader, batch) ?? fault;
            }
            else
            {
                var found = reader.TokenType;
                fault = $"found {Noun(found)} as a label, expected a string{(found == JsonTokenType.StartObject ? "; a path such as labels.name leads into objects" : "")}";
                PassOver(ref reader);
            }
        }

        if (_splitsOnlyElement && before == 0 && batch.OpenLabelCount == 1)
            return fault ?? LabelList.Add(batch.TakeOnlyLabel(), _labelSeparator, batch);
        return fault;
    }

    /// <summary>Adds an element of a list as one label.</summary>
    private static string? AddWhole(ref Utf8JsonReader reader, DocumentBatch batch)
    {
        var length = Copy(ref reader, batch);
        if (length < 0)
            return JsonFault.NotUtf8;
        batch.AddReservedLabel(length);
        return null;
    }

    /// <summary>The value as UTF-8, or null where it is not text: bytes of another encoding, or half of a character.</summary>
    private static byte[]? Plain(ref Utf8JsonReader reader)
    {
        var room = new byte[reader.ValueSpan.Length];
        var length = Copy(ref reader, room);
        return length < 0 ? null : room[..length];
    }

    private static int Copy(ref Utf8JsonReader reader, DocumentBatch batch) => Copy(ref reader, batch.Reserve(reader.ValueSpan.Length));

    /// <returns>Bytes copied, −1 where the value is not text.</returns>
    private static int Copy(ref Utf8JsonReader reader, Span<byte> room)
    {
        if (!reader.ValueIsEscaped)
        {
            reader.ValueSpan.CopyTo(room);
            return Utf8.IsValid(reader.ValueSpan) ? reader.ValueSpan.Length : -1;
        }

        try
        {
            return reader.CopyString(room);
        }
        catch (InvalidOperationException)
        {
            return -1;
        }
    }

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
