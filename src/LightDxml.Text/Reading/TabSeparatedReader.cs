using System.Text;

namespace LightDxml.Text.Reading;

/// <summary>Reads <c>text⇥label label</c>; the last tab of a line is the one that counts.</summary>
internal sealed class TabSeparatedReader(Stream stream, string file, TextReadOptions options) : LineDocumentReader(stream, file, options)
{
    private readonly byte[] _separator = Encoding.UTF8.GetBytes(options is { LabelSeparator: { } separator, IsUsualSeparator: false } ? separator : " ");

    protected override string? Fault(ReadOnlySpan<byte> line, DocumentBatch batch)
    {
        var tab = line.LastIndexOf((byte)'\t');
        if (tab < 0)
            return "found no tab, expected text, a tab and labels";
        batch.Set(DocumentField.Text, line[..tab]);
        return LabelList.Add(line[(tab + 1)..], _separator, batch);
    }
}
