namespace LightDxml.Text.Reading;

/// <summary>
/// Splits the string that holds a document's labels: a list of Python, JSON or a database (<c>['cs.CV', 'cs.LG']</c>, <c>{sports,"world news"}</c>), labels in angle brackets
/// (<c>&lt;c#&gt;&lt;.net&gt;</c>), or labels between separators.
/// </summary>
internal static class LabelList
{
    /// <summary>Adds the labels to the batch's open document.</summary>
    /// <param name="separator">Empty where a string that is no list is one label.</param>
    /// <returns>What is wrong with the list, or null.</returns>
    public static string? Add(ReadOnlySpan<byte> list, ReadOnlySpan<byte> separator, DocumentBatch batch)
    {
        list = list.Trim(" \t\r\n"u8);
        if (AreQuoted(list))
        {
            batch.MarkListed();
            return QuotedLabels.Add(list[1..^1], batch);
        }

        if (AreBracketed(list))
        {
            batch.MarkListed();
            AddBracketed(list, batch);
        }
        else if (separator.IsEmpty)
        {
            batch.AddLabel(list);
        }
        else
        {
            AddSeparated(list, separator, batch);
        }

        return null;
    }

    /// <summary>Whether labels are told apart by brackets and quotes, not by a separator.</summary>
    public static bool IsList(ReadOnlySpan<byte> list) => AreQuoted(list) || AreBracketed(list);

    /// <summary>Whether the string is nothing but <c>&lt;label&gt;</c>s, with blanks, commas or nothing between them.</summary>
    public static bool AreBracketed(ReadOnlySpan<byte> list)
    {
        if (list is not [(byte)'<', .., (byte)'>'])
            return false;
        while (!list.IsEmpty)
        {
            var end = list.IndexOf((byte)'>');
            if (list[0] != '<' || end <= 1)
                return false;
            list = list[(end + 1)..].TrimStart(" \t,;|"u8);
        }

        return true;
    }

    private static bool AreQuoted(ReadOnlySpan<byte> list) =>
        list is [(byte)'[', .., (byte)']'] or [(byte)'(' or (byte)'{', (byte)'\'' or (byte)'"', .., (byte)')' or (byte)'}'] || (list is [(byte)'{', .., (byte)'}'] && !list[1..^1].ContainsAny((byte)'{', (byte)'}'));

    private static void AddBracketed(ReadOnlySpan<byte> list, DocumentBatch batch)
    {
        for (var end = list.IndexOf((byte)'>'); end >= 0; end = list.IndexOf((byte)'>'))
        {
            batch.AddLabel(list[..end].TrimStart(" \t,;|<"u8));
            list = list[(end + 1)..];
        }
    }

    private static void AddSeparated(ReadOnlySpan<byte> list, ReadOnlySpan<byte> separator, DocumentBatch batch)
    {
        foreach (var range in list.Split(separator))
            batch.AddLabel(list[range]);
    }
}
