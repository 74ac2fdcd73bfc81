namespace LightDxml.Text.Reading;

/// <summary>Splits the string that holds a document's labels: a Python list (<c>['cs.CV', 'cs.LG']</c>), or labels between separators.</summary>
internal static class LabelList
{
    /// <summary>Adds the labels to the batch's open document.</summary>
    /// <returns>What is wrong with the list, or null.</returns>
    public static string? Add(ReadOnlySpan<byte> list, ReadOnlySpan<byte> separator, DocumentBatch batch)
    {
        list = list.Trim(" \t\r\n"u8);
        if (list is [(byte)'[', .. var inner, (byte)']'])
            return AddPython(inner, batch);
        foreach (var range in list.Split(separator))
        {
            var label = list[range].Trim(" \t"u8);
            if (!label.IsEmpty)
                batch.AddLabel(label);
        }

        return null;
    }

    private static string? AddPython(ReadOnlySpan<byte> rest, DocumentBatch batch)
    {
        while (true)
        {
            rest = rest.TrimStart(" \t\r\n,"u8);
            if (rest.IsEmpty)
                return null;
            var quote = rest[0];
            if (quote is not ((byte)'\'' or (byte)'"'))
            {
                var end = rest.IndexOf((byte)',');
                var bare = end < 0 ? rest : rest[..end];
                batch.AddLabel(bare.TrimEnd(" \t\r\n"u8));
                rest = rest[bare.Length..];
                continue;
            }

            var length = Quoted(rest[1..], quote, batch);
            if (length < 0)
                return "found a list of labels in which a quote is not closed";
            rest = rest[(length + 2)..];
        }
    }

    /// <summary>Adds the label up to the closing quote; a backslash takes the next byte as it is.</summary>
    /// <returns>The bytes before the closing quote, −1 where there is none.</returns>
    private static int Quoted(ReadOnlySpan<byte> text, byte quote, DocumentBatch batch)
    {
        var room = batch.Reserve(text.Length);
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                batch.AddReservedLabel(count);
                return i;
            }

            if (text[i] == '\\' && i + 1 < text.Length)
                i++;
            room[count++] = text[i];
        }

        return -1;
    }
}
