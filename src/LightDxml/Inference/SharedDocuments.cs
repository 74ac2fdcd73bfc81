using LightDxml.Data;

namespace LightDxml.Inference;

/// <summary>Work on documents, each of which is ranked by itself, shared out to the processes of a group.</summary>
internal static class SharedDocuments
{
    extension(LabelRanker ranker)
    {
        /// <summary>Ranks the labels of every document; each process takes a part, and gets the rankings of all.</summary>
        /// <inheritdoc cref="LabelRanker.Predict(SparseMatrix, int, int, CancellationToken)"/>
        public RankedLabels Predict(SparseMatrix documents, int top, Workers workers, CancellationToken cancellation = default) =>
            workers.Rank(documents, part => ranker.Predict(part, top, workers.Threads, cancellation), "predictions");
    }

    extension(CandidateFinder finder)
    {
        /// <summary>The candidates of every document; each process finds a part, and gets those of all.</summary>
        /// <inheritdoc cref="CandidateFinder.Find(SparseMatrix, int, CancellationToken)"/>
        public RankedLabels Find(SparseMatrix documents, int count, Workers workers, CancellationToken cancellation) =>
            workers.Rank(documents, part => finder.Find(part, count, cancellation), "candidates");
    }

    extension(Workers workers)
    {
        /// <summary>Rankings of all documents, of which each process makes a part.</summary>
        public RankedLabels Rank(SparseMatrix documents, Func<SparseMatrix, RankedLabels> rank, string what)
        {
            var processes = workers.Processes;
            if (processes.Size == 1)
                return rank(documents);
            var parts = workers.Parts(documents.RowCount, row => documents.RowLength(row));
            var (first, count) = (parts[processes.Rank], parts[processes.Rank + 1] - parts[processes.Rank]);
            var own = rank(workers.Own(documents, parts));
            var all = new RankedLabels(documents.RowCount, own.LabelCount, own.Width);
            own.Labels(0, count).CopyTo(all.Labels(first, count));
            own.Scores(0, count).CopyTo(all.Scores(first, count));
            processes.Gather(all.Labels(0, documents.RowCount), all.Width, parts, what);
            processes.Gather(all.Scores(0, documents.RowCount), all.Width, parts, what);
            return all;
        }

        /// <summary>The documents of this process, which share their memory with all.</summary>
        /// <param name="parts">[processes + 1] the first document of each.</param>
        public SparseMatrix Own(SparseMatrix documents, int[] parts)
        {
            var (processes, first) = (workers.Processes, parts[workers.Processes.Rank]);
            return processes.Size == 1 ? documents : documents.ViewRows([.. Enumerable.Range(first, parts[processes.Rank + 1] - first)]);
        }
    }
}
