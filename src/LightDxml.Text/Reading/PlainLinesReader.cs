namespace LightDxml.Text.Reading;

/// <summary>Reads a document a line, without labels.</summary>
internal sealed class PlainLinesReader(string file, TextReadOptions options) : LineDocumentReader(file, options)
{
    protected override string? Fault(ReadOnlySpan<byte> line, DocumentBatch batch)
    {
        batch.Set(DocumentField.Text, line);
        return null;
    }
}
