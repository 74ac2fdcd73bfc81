using System.Text.Unicode;
using LightDxml.Data;
using LightDxml.Data.Parsing;

namespace LightDxml.Text.Reading;

/// <summary>Reads sources in which a line is a document.</summary>
/// <param name="stream">UTF-8; disposed with the reader.</param>
/// <param name="file">What messages call it.</param>
internal abstract class LineDocumentReader(Stream stream, string file, TextReadOptions options) : DocumentReader
{
    private readonly LineBlockReader _lines = new(stream, file, ReadLimits.Default);

    protected string File { get; } = file;

    /// <summary>Whether a line of blanks is a document without words; otherwise it is none.</summary>
    protected virtual bool KeepsBlankLines => false;

    public override void Parse(DocumentBatch batch)
    {
        // One look at all bytes is nearly free; only where it fails are lines looked at.
        var isUtf8 = Utf8.IsValid(batch.Lines.Bytes);
        var lines = new LineEnumerator(batch.Lines);
        while (lines.TryNext(out var line, out var lineNumber))
        {
            if (!KeepsBlankLines && LineText.IsBlank(line))
                continue;
            var fault = isUtf8 || Utf8.IsValid(line) ? Fault(line, batch) : TextEncodings.NotUtf8;
            if (fault is not null)
                batch.Skip(new DataFormatException(File, lineNumber, fault), options.SkipBadRows);
            else
                batch.End(lineNumber);
        }
    }

    protected override bool Fill(DocumentBatch batch) => _lines.TryRead(batch.Lines);

    /// <summary>Sets the fields of the document.</summary>
    /// <returns>What is wrong with the line, or null.</returns>
    protected abstract string? Fault(ReadOnlySpan<byte> line, DocumentBatch batch);

    public override void Dispose() => _lines.Dispose();
}
