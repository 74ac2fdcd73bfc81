using System.Buffers;
using System.Globalization;
using System.Text;

namespace LightDxml.Text.Reading;

/// <summary>Reads the inside of a list of labels as Python or JSON writes it, with the escapes of both.</summary>
internal static class QuotedLabels
{
    private static readonly SearchValues<byte> OfNumbers = SearchValues.Create("0123456789. \t\r\n"u8);

    /// <summary>Adds the labels to the batch's open document.</summary>
    /// <returns>What is wrong with the list, or null.</returns>
    public static string? Add(ReadOnlySpan<byte> rest, DocumentBatch batch)
    {
        while (true)
        {
            rest = rest.TrimStart(" \t\r\n,"u8);
            if (rest.IsEmpty)
                return null;

            // Python 2 wrote u'…'.
            if (rest is [(byte)'u', (byte)'\'' or (byte)'"', ..])
                rest = rest[1..];
            var quote = rest[0];
            if (quote is not ((byte)'\'' or (byte)'"'))
            {
                var end = rest.IndexOf((byte)',');
                var bare = end < 0 ? rest : rest[..end];
                AddBare(bare, batch);
                rest = rest[bare.Length..];
                continue;
            }

            var length = ClosingQuote(rest[1..], quote);
            if (length < 0)
                return "found a list of labels in which a quote is not closed";
            var label = rest.Slice(1, length);
            if (label.Contains((byte)'\\'))
                batch.AddLabel(Unescape(Encoding.UTF8.GetString(label)));
            else
                batch.AddLabel(label);
            rest = rest[(length + 2)..];
        }
    }

    /// <summary>Adds a label without quotes, or the numbers of an array as NumPy prints it: <c>[0 1 1]</c>.</summary>
    private static void AddBare(ReadOnlySpan<byte> bare, DocumentBatch batch)
    {
        if (bare.ContainsAnyExcept(OfNumbers))
        {
            batch.AddLabel(bare);
            return;
        }

        foreach (var range in bare.SplitAny(" \t\r\n"u8))
            batch.AddLabel(bare[range]);
    }

    /// <returns>The bytes before the closing quote, −1 where there is none.</returns>
    private static int ClosingQuote(ReadOnlySpan<byte> text, byte quote)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == quote)
                return i;
            if (text[i] == '\\')
                i++;
        }

        return -1;
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
                continue;
            }

            i++;
            var digits = text[i] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (digits > 0 && i + digits < text.Length && uint.TryParse(text.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code <= 0x10FFFF)
            {
                // Halves of a character beyond 16 bits come one by one.
                plain.Append(code <= char.MaxValue ? $"{(char)code}" : char.ConvertFromUtf32((int)code));
                i += digits;
                continue;
            }

            plain.Append(text[i] switch
            {
                'n' => "\n",
                't' => "\t",
                'r' => "\r",
                'b' => "\b",
                'f' => "\f",
                '\\' or '\'' or '"' or '/' => $"{text[i]}",
                _ => $"\\{text[i]}",
            });
        }

        return plain.ToString();
    }
}
