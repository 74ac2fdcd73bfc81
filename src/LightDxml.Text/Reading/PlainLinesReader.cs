namespace LightDxml.Text.Reading;

/// <summary>Reads a document a line, without labels. A blank line is a document without words, so that answers keep their place.</summary>
internal sealed class PlainLinesReader(Stream stream, string file, TextReadOptions options) : LineDocumentReader(stream, file, options)
{
    protected override bool KeepsBlankLines => true;

    protected override string? Fault(ReadOnlySpan<byte> line, DocumentBatch batch)
    {
        batch.Set(DocumentField.Text, line);
        return null;
    }
}
