using LightDxml.Data;

namespace LightDxml.Text.Reading;

/// <summary>Reads a folder, file by file; the name of a file is the document's id.</summary>
internal sealed class FolderReader(string folder, TextReadOptions options) : DocumentReader
{
    private readonly IReadOnlyList<string> _files = DocumentFolder.Files(folder);
    private int _next;

    public override void Dispose()
    {
    }

    protected override bool Fill(DocumentBatch batch)
    {
        while (batch.ByteCount < BatchBytes && _next < _files.Count)
        {
            var file = _files[_next++];
            try
            {
                batch.Set(DocumentField.Id, file);
                batch.Set(DocumentField.Text, DocumentFolder.ReadText(folder, file, options));
                batch.MarkListed();
                foreach (var label in DocumentFolder.ReadLabels(folder, file, options))
                    batch.AddLabel(label);
                batch.End(_next);
            }
            catch (LightDxmlException fault) when (options.SkipBadRows)
            {
                batch.Skip(new DataFormatException(fault.Message), options.SkipBadRows);
            }
        }

        return batch.Count > 0 || batch.Skipped.Count > 0;
    }
}
