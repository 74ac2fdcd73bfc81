using LightDxml.Data;

namespace LightDxml.Inference;

/// <summary>
/// What labels score when a document lacks one of its terms. Every such document is predicted anew, a bounded number at a time, and
/// they are as long as the document: so of a document of more than some two thousand terms only a part of the terms is left
/// out, which keeps the time within that of a document of so many.
/// </summary>
internal static class LeaveOneOut
{
    /// <summary>Entries of all documents that lack a term, about: all terms of a document of 2,000.</summary>
    private const int MostEntries = 4_000_000;

    /// <summary>Terms that are looked at in any document, however long.</summary>
    private const int LeastTerms = 128;

    /// <summary>Entries of the documents that are predicted together: 2 MiB.</summary>
    private const int BatchEntries = 1 << 18;

    /// <summary>
    /// The terms to leave out, as places in the row, ascending. Of a long row the half that weighs most in the document, and
    /// then those that weigh most in the labels' sparse classifiers (of a model without, in the document again).
    /// </summary>
    /// <param name="row">[1, features].</param>
    /// <param name="labels">Label rows.</param>
    /// <param name="classifiers">[labels, features], or null.</param>
    public static int[] Candidates(SparseMatrix row, int[] labels, SparseMatrix? classifiers)
    {
        var count = row.RowLength(0);
        var kept = Math.Max(LeastTerms, MostEntries / Math.Max(1, count));
        if (count <= kept)
            return [.. Enumerable.Range(0, count)];
        var values = row.RowValues(0).ToArray();
        var shares = Shares(row, labels, classifiers);
        var chosen = new HashSet<int>(Largest(values, kept / 2));
        foreach (var term in Largest(shares, count).Concat(Largest(values, count)))
        {
            if (chosen.Count == kept)
                break;
            chosen.Add(term);
        }

        return [.. chosen.Order()];
    }

    /// <returns>[left, labels]. A label that is no longer ranked has at most the last score that is.</returns>
    /// <param name="row">[1, features].</param>
    /// <param name="left">Places in the row.</param>
    /// <param name="complete">Adds to rows that lack a term what is not left out.</param>
    public static float[,] Scores(LabelRanker predictor, SparseMatrix row, int[] left, IReadOnlyList<ScoredLabel> labels, Func<SparseMatrix, SparseMatrix> complete, CancellationToken cancellation)
    {
        var scores = new float[left.Length, labels.Count];
        var together = Math.Max(1, BatchEntries / Math.Max(1, row.RowLength(0)));
        for (var first = 0; first < left.Length; first += together)
        {
            var batch = left.AsSpan(first, Math.Min(together, left.Length - first));
            Score(predictor, complete(Rows(row, batch)), labels, scores, first, cancellation);
        }

        return scores;
    }

    /// <summary>The same of rows that are at hand.</summary>
    /// <param name="scores">Overwritten from the row <paramref name="first"/> on.</param>
    public static void Score(LabelRanker predictor, SparseMatrix rows, IReadOnlyList<ScoredLabel> labels, float[,] scores, int first, CancellationToken cancellation)
    {
        var predictions = predictor.Predict(rows, Math.Max(100, 4 * labels.Count), cancellation: cancellation);
        for (var i = 0; i < rows.RowCount; i++)
        {
            var ranked = predictions.Labels(i);
            var filled = ranked.IndexOf(-1) is >= 0 and var end ? end : ranked.Length;
            for (var label = 0; label < labels.Count; label++)
            {
                var place = ranked[..filled].IndexOf(labels[label].Row);
                scores[first + i, label] = place >= 0 ? predictions.Scores(i)[place] : filled > 0 ? Math.Min(labels[label].Score, predictions.Scores(i)[filled - 1]) : 0;
            }
        }
    }

    /// <summary>Row i is the given row without one entry, scaled to unit length again.</summary>
    private static SparseMatrix Rows(SparseMatrix row, ReadOnlySpan<int> left)
    {
        row.Row(0, out var columns, out var values);
        var length = columns.Length - 1;
        var offsets = new long[left.Length + 1];
        var (leftColumns, leftValues) = (new int[left.Length * length], new float[left.Length * length]);
        for (var i = 0; i < left.Length; i++)
        {
            var (at, rest) = (left[i], left[i] + 1);
            columns[..at].CopyTo(leftColumns.AsSpan(i * length));
            values[..at].CopyTo(leftValues.AsSpan(i * length));
            columns[rest..].CopyTo(leftColumns.AsSpan(i * length + at));
            values[rest..].CopyTo(leftValues.AsSpan(i * length + at));
            offsets[i + 1] = (i + 1L) * length;
        }

        return UnitRows.Of(SparseMatrix.OfChecked(left.Length, row.ColumnCount, offsets, [new SparseMatrix.Block(0, leftColumns, leftValues)]));
    }

    // [terms] the largest part of a label's margin that a term makes up, 0 where it makes up none.
    private static float[] Shares(SparseMatrix row, int[] labels, SparseMatrix? classifiers)
    {
        row.Row(0, out var columns, out var values);
        var shares = new float[columns.Length];
        foreach (var label in classifiers is null ? [] : labels.Where(label => label < classifiers.RowCount))
        {
            classifiers!.Row(label, out var features, out var weights);
            for (int i = 0, j = 0; i < features.Length && j < columns.Length;)
            {
                if (features[i] == columns[j])
                    shares[j] = Math.Max(shares[j], weights[i] * values[j]);
                if (features[i] <= columns[j])
                    i++;
                else
                    j++;
            }
        }

        return shares;
    }

    private static IEnumerable<int> Largest(float[] values, int count) =>
        Enumerable.Range(0, values.Length).Where(i => values[i] > 0).OrderByDescending(i => values[i]).Take(count);
}
