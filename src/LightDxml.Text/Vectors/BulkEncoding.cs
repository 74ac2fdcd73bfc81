namespace LightDxml.Text.Vectors;

/// <summary>How the texts of a whole data set are encoded.</summary>
internal sealed record BulkEncoding
{
    /// <summary>Gives the vectors in the place of the vectoriser's encoder, with the same bits: one that keeps them. Null: the vectoriser's own.</summary>
    public ITextEncoder? Encoder { get; init; }

    /// <summary>Told how many texts have their vector, by one thread at a time.</summary>
    public IProgress<TextEncodingProgress>? Progress { get; init; }

    /// <summary>Texts in all, for the progress; 0 where that is not known.</summary>
    public int Texts { get; init; }

    /// <summary>Ends the work; of documents in memory also that on their terms.</summary>
    public CancellationToken Cancellation { get; init; }
}
