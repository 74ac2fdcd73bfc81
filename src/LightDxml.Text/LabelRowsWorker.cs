using LightDxml.Data.Parsing;
using LightDxml.Text.Reading;

namespace LightDxml.Text;

/// <summary>Makes the label rows of batches of documents; each thread has its own.</summary>
internal sealed class LabelRowsWorker(LabelSpace space)
{
    private readonly RowCollector _labels = new(withValues: false);
    private readonly SortedSet<int> _own = [];

    public RowChunk Rows(DocumentBatch batch)
    {
        for (var document = 0; document < batch.Count; document++)
        {
            _own.Clear();
            for (var place = 0; place < batch.LabelCount(document); place++)
            {
                foreach (var row in space.RowsOf(batch.Label(document, place)))
                    _own.Add(row);
            }

            foreach (var row in _own)
                _labels.Add(row);
            _labels.EndRow();
        }

        return _labels.Take();
    }
}
