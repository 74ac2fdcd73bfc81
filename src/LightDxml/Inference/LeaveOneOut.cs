using LightDxml.Data;

namespace LightDxml.Inference;

/// <summary>
/// What labels' log odds lose when a document lacks one of its terms. Every such document is predicted anew, a bounded number at a time, and
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
    /// The terms to leave out, ascending. Of a long row the half that weighs most in the document, and
    /// then those that weigh most in the labels' sparse classifiers (of a model without, in the document again).
    /// </summary>
    /// <param name="row">[1, features].</param>
    /// <param name="terms">The places in the row of each term: one, or those of a word and its subwords.</param>
    /// <param name="labels">Label rows.</param>
    /// <param name="classifiers">[labels, features], or null.</param>
    public static int[] Candidates(SparseMatrix row, int[][] terms, int[] labels, SparseMatrix? classifiers)
    {
        var count = terms.Length;
        var kept = Math.Max(LeastTerms, MostEntries / Math.Max(1, row.RowLength(0)));
        if (count <= kept)
            return [.. Enumerable.Range(0, count)];
        var values = Sums(terms, row.RowValues(0).ToArray());
        var shares = Sums(terms, Shares(row, labels, classifiers));
        var chosen = new HashSet<int>(Largest(values, kept / 2));
        foreach (var term in Largest(shares, count).Concat(Largest(values, count)))
        {
            if (chosen.Count == kept)
                break;
            chosen.Add(term);
        }

        return [.. chosen.Order()];
    }

    /// <returns>[left, labels] what the labels' log odds lose.</returns>
    /// <param name="whole">[labels] the labels' log odds in the whole document.</param>
    /// <param name="row">[1, features].</param>
    /// <param name="left">Places in the row that are left out together, ascending.</param>
    /// <param name="complete">Adds to rows that lack a term what is not left out.</param>
    public static float[,] Losses(
        LabelRanker predictor, float[] whole, SparseMatrix row, int[][] left, int[] labels, Func<SparseMatrix, SparseMatrix> complete, int threads, CancellationToken cancellation)
    {
        var losses = new float[left.Length, labels.Length];
        var together = Math.Max(1, BatchEntries / Math.Max(1, row.RowLength(0)));
        for (var first = 0; first < left.Length; first += together)
        {
            var batch = left.AsSpan(first, Math.Min(together, left.Length - first));
            var without = Without(predictor, complete(Rows(row, batch)), labels, threads, cancellation);
            for (var i = 0; i < batch.Length; i++)
            {
                for (var label = 0; label < labels.Length; label++)
                    losses[first + i, label] = whole[label] - without[i, label];
            }
        }

        return losses;
    }

    /// <returns>[labels] the labels' log odds in a document; NaN of one that is not ranked, of which nothing can be said.</returns>
    /// <param name="row">[1, features].</param>
    public static float[] Whole(LabelRanker predictor, SparseMatrix row, int[] labels, int threads, CancellationToken cancellation)
    {
        var predictions = predictor.PredictLogOdds(row, RanksFor(labels), threads, cancellation);
        var ranked = predictions.Labels(0)[..predictions.RankedCount(0)];
        var scores = new float[labels.Length];
        for (var label = 0; label < labels.Length; label++)
            scores[label] = ranked.IndexOf(labels[label]) is >= 0 and var place ? predictions.Scores(0)[place] : float.NaN;
        return scores;
    }

    /// <returns>[rows, labels] the labels' log odds where documents lack something. A label that is no longer ranked has those of the last one that is.</returns>
    public static float[,] Without(LabelRanker predictor, SparseMatrix rows, int[] labels, int threads, CancellationToken cancellation)
    {
        var scores = new float[rows.RowCount, labels.Length];
        var predictions = predictor.PredictLogOdds(rows, RanksFor(labels), threads, cancellation);
        for (var i = 0; i < rows.RowCount; i++)
        {
            var ranked = predictions.Labels(i)[..predictions.RankedCount(i)];
            for (var label = 0; label < labels.Length; label++)
            {
                var place = ranked.IndexOf(labels[label]);
                scores[i, label] = ranked.IsEmpty ? LogOdds.Least : predictions.Scores(i)[place >= 0 ? place : ranked.Length - 1];
            }
        }

        return scores;
    }

    private static int RanksFor(int[] labels) => Math.Max(100, 4 * labels.Length);

    /// <summary>Row i is the given row without some entries, scaled to unit length again.</summary>
    private static SparseMatrix Rows(SparseMatrix row, ReadOnlySpan<int[]> left)
    {
        row.Row(0, out var columns, out var values);
        var offsets = new long[left.Length + 1];
        for (var i = 0; i < left.Length; i++)
            offsets[i + 1] = offsets[i] + columns.Length - left[i].Length;
        var (leftColumns, leftValues) = (new int[offsets[^1]], new float[offsets[^1]]);
        for (var i = 0; i < left.Length; i++)
        {
            var (to, from) = ((int)offsets[i], 0);
            foreach (var place in (int[])[.. left[i], columns.Length])
            {
                columns[from..place].CopyTo(leftColumns.AsSpan(to));
                values[from..place].CopyTo(leftValues.AsSpan(to));
                (to, from) = (to + place - from, place + 1);
            }
        }

        return UnitRows.Of(SparseMatrix.OfChecked(left.Length, row.ColumnCount, offsets, [new SparseMatrix.Block(0, leftColumns, leftValues)]));
    }

    // [terms] the largest part of a label's margin that a term makes up, 0 where it makes up none.
    private static float[] Shares(SparseMatrix row, int[] labels, SparseMatrix? classifiers)
    {
        row.Row(0, out var columns, out var values);
        var shares = new float[columns.Length];
        foreach (var label in classifiers is null ? [] : labels.Where(label => label >= 0 && label < classifiers.RowCount))
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

    private static float[] Sums(int[][] terms, float[] values) => [.. terms.Select(places => places.Sum(place => values[place]))];

    private static IEnumerable<int> Largest(float[] values, int count) =>
        Enumerable.Range(0, values.Length).Where(i => values[i] > 0).OrderByDescending(i => values[i]).Take(count);
}
