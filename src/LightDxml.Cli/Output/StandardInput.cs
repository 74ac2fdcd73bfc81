using System.Globalization;
using LightDxml.Data;
using LightDxml.Storage;
using LightDxml.Text;
using LightDxml.Text.Reading;

namespace LightDxml.Cli.Output;

/// <summary>
/// The standard input in pieces of whole lines, each as soon as it is there: of a program that writes a line and waits for the answer a
/// piece is that line, of a file it is a megabyte. Readers go by files, so that a piece is written to one.
/// </summary>
internal static class StandardInput
{
    /// <summary>How the command line calls it, and how messages do.</summary>
    public const string Name = "-", MessageName = "the standard input";

    private const int PieceBytes = 1 << 20;

    /// <summary>Whether every line is a document, or every document at least ends with one.</summary>
    private static bool HasDocumentsByLine(TextFormat format) =>
        format is TextFormat.Auto or TextFormat.PlainLines or TextFormat.JsonLines or TextFormat.FastText or TextFormat.TabSeparated;

    /// <summary>How the input is to be read, as its first lines tell: in a form that has a document a line.</summary>
    /// <param name="piece">A file that holds them.</param>
    public static TextReadOptions Recognized(CommandContext context, string piece, TextReadOptions read)
    {
        if (read.Format != TextFormat.Auto)
            return read;
        var format = TextDialect.FormatOf(piece, read with { ForPrediction = true }) ?? TextFormat.PlainLines;
        if (HasDocumentsByLine(format))
            return read with { Format = format };
        context.Messages.WriteLine($"{MessageName}: read as plain text, one document per line, though it looks like {format.ToString().ToUpperInvariant()}; --format {format.ToString().ToLowerInvariant()} reads it so.");
        return read with { Format = TextFormat.PlainLines };
    }

    /// <param name="read">A form that has no document a line makes it one piece, and so do UTF-16 and UTF-32.</param>
    /// <param name="take">Takes a file that holds a piece, and gives the rows that were left out. Of a piece with a bad line it is given the lines before that, too.</param>
    public static void ForEachPiece(CommandContext context, TextReadOptions read, Func<string, SkippedRows> take)
    {
        using var scratch = new ScratchFolder();
        var file = scratch["piece"];
        var firstLine = 1L;
        using var input = Console.OpenStandardInput();
        foreach (var (piece, isByLine) in Pieces(input, read))
        {
            File.WriteAllBytes(file, piece);
            try
            {
                SaySkipped(context, take(file), file, firstLine);
            }
            catch (DataFormatException fault) when (fault.File == file && fault.Line > 0)
            {
                if (isByLine && fault.Line > 1)
                {
                    File.WriteAllBytes(file, piece[..StartOf(piece, fault.Line)]);
                    SaySkipped(context, take(file), file, firstLine);
                }

                throw new DataFormatException(MessageName, firstLine + fault.Line - 1, fault.Message[$"{file}({fault.Line}): ".Length..]);
            }

            firstLine += piece.AsSpan().Count((byte)'\n');
        }
    }

    private static IEnumerable<(byte[] Piece, bool IsByLine)> Pieces(Stream input, TextReadOptions options)
    {
        var byLine = HasDocumentsByLine(options.Format);
        var isFirst = true;
        var buffer = new byte[PieceBytes];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
                Array.Resize(ref buffer, checked(2 * length));
            var read = input.Read(buffer, length, buffer.Length - length);
            if (read == 0)
                break;
            byLine &= !isFirst || !TextStream.HasWideLineEnds(buffer.AsSpan(0, read), options);
            isFirst = false;
            var end = byLine ? length + buffer.AsSpan(length, read).LastIndexOf((byte)'\n') + 1 : 0;
            var hasLine = end > length;
            length += read;
            if (!hasLine)
                continue;
            yield return (buffer[..end], byLine);
            buffer.AsSpan(end..length).CopyTo(buffer);
            length -= end;
        }

        if (length > 0)
            yield return (buffer[..length], byLine);
    }

    private static int StartOf(ReadOnlySpan<byte> piece, long line)
    {
        var start = 0;
        for (var before = 1L; before < line; before++)
            start += piece[start..].IndexOf((byte)'\n') + 1;
        return start;
    }

    // Faults name the input and its lines, not the file that a piece lies in.
    private static void SaySkipped(CommandContext context, SkippedRows skipped, string file, long firstLine)
    {
        TextReading.SaySkipped(context, MessageName, skipped with { FirstFaults = [.. skipped.FirstFaults.Select(Named)] });

        string Named(string fault)
        {
            var start = $"{file}(";
            return fault.StartsWith(start, StringComparison.Ordinal) && fault.IndexOf(')', start.Length) is > 0 and var end && long.TryParse(fault[start.Length..end], CultureInfo.InvariantCulture, out var line)
                ? $"{MessageName}({firstLine + line - 1}{fault[end..]}"
                : fault;
        }
    }
}
