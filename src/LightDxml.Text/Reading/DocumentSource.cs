using LightDxml.Data.Parsing;

namespace LightDxml.Text.Reading;

/// <summary>Documents that can be read more than once: a file, or a list.</summary>
/// <param name="Name">How messages call it.</param>
internal sealed record DocumentSource(string Name, Func<DocumentReader> Open)
{
    /// <summary>Batches between two looks at what was gathered: 128 MiB of text. Fixed, so that results do not depend on threads.</summary>
    private const int RoundBatches = 64;

    /// <summary>Ends the reading; it is looked at before each batch.</summary>
    public CancellationToken Cancellation { get; init; }

    public static DocumentSource OfFile(string path, TextReadOptions options) => OfFile(TextDialect.Of(path, options));

    public static DocumentSource OfFile(TextDialect file) => new(file.Path, file.Open);

    public static DocumentSource OfList(IEnumerable<TextDocument> documents) => new("the documents", () => new DocumentListReader(documents));

    /// <summary>Works on all batches over threads, and hands the results, in the documents' order, on after every round of batches.</summary>
    /// <param name="threads">0 takes every processor.</param>
    /// <param name="newWorker">Makes what one thread does with a batch.</param>
    /// <param name="take">Takes the results of a round; no thread works then.</param>
    /// <returns>The rows that were left out.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SkippedRows ForEachRound<TResult>(int threads, Func<Func<DocumentBatch, TResult>> newWorker, Action<IReadOnlyList<TResult>> take)
    {
        using var reader = Open();
        var work = new OrderedWork<DocumentBatch, (TResult Result, SkippedRows Skipped)>(reader.TryTake, () => reader.NextIndex, batch => batch.Index);
        var skipped = SkippedRows.None;
        while (true)
        {
            var round = work.Run(threads, NewWorker, RoundBatches);
            if (round.Length == 0)
                return skipped;
            take([.. round.Select(batch => batch.Result)]);
            skipped = round.Aggregate(skipped, (rows, batch) => rows.With(batch.Skipped));
        }

        Func<DocumentBatch, (TResult, SkippedRows)> NewWorker()
        {
            var worker = newWorker();
            return batch =>
            {
                Cancellation.ThrowIfCancellationRequested();
                reader.Parse(batch);
                return (worker(batch), batch.Skipped);
            };
        }
    }
}
