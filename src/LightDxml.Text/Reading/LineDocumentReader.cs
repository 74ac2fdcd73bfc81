using LightDxml.Data;
using LightDxml.Data.Parsing;

namespace LightDxml.Text.Reading;

/// <summary>Reads sources in which a line is a document. Empty lines are none.</summary>
internal abstract class LineDocumentReader(string file, TextReadOptions options) : DocumentReader
{
    private readonly LineBlockReader _lines = new(file, ReadLimits.Default);

    protected string File { get; } = file;

    public override void Parse(DocumentBatch batch)
    {
        var lines = new LineEnumerator(batch.Lines);
        while (lines.TryNext(out var line, out var lineNumber))
        {
            if (LineText.IsBlank(line))
                continue;
            if (Fault(line, batch) is { } fault)
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
