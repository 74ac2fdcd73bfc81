using System.Text;
using LightDxml.Data.Predictions;

namespace LightDxml.Text.Reading;

/// <summary>Reads fastText: words that start with a prefix are labels wherever they stand, the rest of the line is text.</summary>
internal sealed class FastTextReader(Stream stream, string file, TextReadOptions options) : LineDocumentReader(stream, file, options)
{
    private readonly byte[] _prefix = PrefixOf(options);

    /// <summary>What labels begin with.</summary>
    public static byte[] PrefixOf(TextReadOptions options) => Encoding.UTF8.GetBytes(options.LabelPrefix ?? PredictionForms.FastTextPrefix);

    /// <summary>Whether a line has a word that is a label.</summary>
    public static bool HasLabel(ReadOnlySpan<byte> line, TextReadOptions options)
    {
        var prefix = PrefixOf(options);
        for (var word = line.TrimStart(" \t"u8); !word.IsEmpty; word = word[WordLength(word)..].TrimStart(" \t"u8))
        {
            if (word.StartsWith(prefix) && WordLength(word) > prefix.Length)
                return true;
        }

        return false;
    }

    protected override string? Fault(ReadOnlySpan<byte> line, DocumentBatch batch)
    {
        var text = line.TrimStart(" \t"u8);
        while (text.StartsWith(_prefix))
        {
            AddLabel(text[..WordLength(text)], batch);
            text = text[WordLength(text)..].TrimStart(" \t"u8);
        }

        if (text.IndexOf(_prefix) < 0)
        {
            batch.Set(DocumentField.Text, text);
            return null;
        }

        SplitMixed(text, batch);
        return null;
    }

    private static int WordLength(ReadOnlySpan<byte> text) => text.IndexOfAny((byte)' ', (byte)'\t') is var end && end < 0 ? text.Length : end;

    private void AddLabel(ReadOnlySpan<byte> word, DocumentBatch batch)
    {
        if (word.Length > _prefix.Length)
            batch.AddLabel(word[_prefix.Length..]);
    }

    private void SplitMixed(ReadOnlySpan<byte> text, DocumentBatch batch)
    {
        var kept = new byte[text.Length + 1];
        var length = 0;
        while (!text.IsEmpty)
        {
            var word = text[..WordLength(text)];
            text = text[Math.Min(text.Length, word.Length + 1)..];
            if (word.StartsWith(_prefix))
            {
                AddLabel(word, batch);
                continue;
            }

            word.CopyTo(kept.AsSpan(length));
            length += word.Length;
            kept[length++] = (byte)' ';
        }

        batch.Set(DocumentField.Text, kept.AsSpan(0, Math.Max(0, length - 1)));
    }
}
