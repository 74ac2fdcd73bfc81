using LightDxml.Data.Parsing;
using LightDxml.Text.Reading;
using LightDxml.Text.Terms;

namespace LightDxml.Text;

/// <summary>Features and labels of consecutive documents.</summary>
internal sealed record TextRows(RowChunk Features, RowChunk Labels);

/// <summary>Makes the rows of batches of documents; each thread has its own.</summary>
internal sealed class TextRowsWorker(TextVectorizer vectorizer, LabelSpace space)
{
    private readonly RowWeights _weights = vectorizer.NewRowWeights();
    private readonly RowCollector _features = new(withValues: true);
    private readonly LabelRowsWorker _labels = new(space);

    public TextRows Rows(DocumentBatch batch)
    {
        for (var document = 0; document < batch.Count; document++)
            _weights.Add(batch[document, DocumentField.Title], batch[document, DocumentField.Text], _features);
        return new TextRows(_features.Take(), _labels.Rows(batch));
    }
}

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
