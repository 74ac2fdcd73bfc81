namespace LightDxml.Text.Reading;

/// <summary>Reads several files one after the other.</summary>
internal sealed class DocumentFilesReader(IReadOnlyList<TextDialect> files) : DocumentReader
{
    private int _next;
    private DocumentReader? _current;

    public override void Parse(DocumentBatch batch) => batch.Reader!.Parse(batch);

    public override void Dispose() => _current?.Dispose();

    protected override bool Fill(DocumentBatch batch)
    {
        while (true)
        {
            if (_current is null)
            {
                if (_next == files.Count)
                    return false;
                _current = files[_next++].Open();
            }

            if (_current.TryTake(batch))
            {
                (batch.Reader, batch.File) = (_current, files[_next - 1].Path);
                return true;
            }

            _current.Dispose();
            _current = null;
        }
    }
}
