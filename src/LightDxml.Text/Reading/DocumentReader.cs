namespace LightDxml.Text.Reading;

/// <summary>Reads a source of documents, batch after batch. What must be done in order is taken, the rest is parsed by any thread.</summary>
internal abstract class DocumentReader : IDisposable
{
    /// <summary>Bytes of text in a batch, about; as large as the blocks of lines.</summary>
    protected const int BatchBytes = 2 << 20;

    /// <summary>The index that the next batch gets.</summary>
    public int NextIndex { get; private set; }

    /// <summary>What of the documents is not read, and a user should know; of a sample, complete when it is read.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>Takes the next piece of the source; one thread at a time.</summary>
    public bool TryTake(DocumentBatch batch)
    {
        batch.Clear();
        if (!Fill(batch))
            return false;
        batch.Index = NextIndex++;
        return true;
    }

    /// <summary>Completes a batch that was taken.</summary>
    /// <exception cref="Data.DataFormatException">The first row that cannot be read, unless bad rows are skipped.</exception>
    public virtual void Parse(DocumentBatch batch)
    {
    }

    public abstract void Dispose();

    protected abstract bool Fill(DocumentBatch batch);
}
