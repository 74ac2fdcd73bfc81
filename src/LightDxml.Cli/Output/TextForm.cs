using System.Buffers;
using LightDxml.Data.Compression;
using LightDxml.Models;
using LightDxml.Text;

namespace LightDxml.Cli.Output;

/// <summary>How the documents of a file are to be read by a model of raw text, where neither options nor name nor first bytes tell.</summary>
internal static class TextForm
{
    private static readonly SearchValues<byte> OfNumbers = SearchValues.Create("0123456789 ,:.+-eE\t\r"u8);

    /// <summary>A file that does not begin with numbers, as files of features do, is plain text with a document a line. So is the standard input.</summary>
    /// <param name="input">A file, a folder, -, or null.</param>
    public static TextReadOptions Resolve(CommandContext context, string? input, TextReadOptions read, StoredModel model)
    {
        if (input is null || read.Format != TextFormat.Auto)
            return read;
        if (input == StandardInput.Name)
            return read with { Format = TextFormat.PlainLines };
        if (model.Vectorizer is null || !File.Exists(input) || TextFile.Recognize(input) is not null || StartsLikeFeatures(input))
            return read;
        context.Messages.WriteLine($"{input}: read as plain text, a document a line; --format names another form.");
        return read with { Format = TextFormat.PlainLines };
    }

    private static bool StartsLikeFeatures(string path)
    {
        using var stream = CompressedFile.OpenRead(path);
        var start = new byte[4096];
        int length;
        try
        {
            length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            return true;
        }

        // A cache has bytes that no text has. Comments of svmlight begin with #.
        var line = start.AsSpan(0, length).IndexOf((byte)'\n') is >= 0 and var end ? start.AsSpan(0, end) : start.AsSpan(0, length);
        return start.AsSpan(0, length).Contains((byte)0) || (!line.IsEmpty && line[0] == '#') || line.IndexOfAnyExcept(OfNumbers) < 0;
    }
}
