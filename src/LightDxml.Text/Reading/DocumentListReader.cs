namespace LightDxml.Text.Reading;

/// <summary>Reads documents that are in memory, or made one by one.</summary>
internal sealed class DocumentListReader(IEnumerable<TextDocument> documents) : DocumentReader
{
    private readonly IEnumerator<TextDocument> _documents = documents.GetEnumerator();
    private long _count;

    public override void Dispose() => _documents.Dispose();

    protected override bool Fill(DocumentBatch batch)
    {
        while (batch.ByteCount < BatchBytes && _documents.MoveNext())
        {
            var document = _documents.Current;
            batch.Set(DocumentField.Id, document.Id);
            batch.Set(DocumentField.Title, document.Title);
            batch.Set(DocumentField.Text, document.Text);
            foreach (var label in document.Labels)
                batch.AddLabel(label);
            batch.End(++_count);
        }

        return batch.Count > 0;
    }
}
