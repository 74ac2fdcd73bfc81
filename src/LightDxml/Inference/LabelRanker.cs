using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Inference;

/// <summary>
/// A trained model of any kind: ranks labels for documents of features. Safe to use from many threads; a document's ranking does
/// not depend on batches or threads.
/// </summary>
internal abstract class LabelRanker : IDisposable
{
    public abstract int FeatureCount { get; }

    public abstract int LabelCount { get; }

    /// <summary>
    /// [labels] what a score is divided by to be a probability again, where scores are weighed for the tail; null where they are
    /// probabilities as they are.
    /// </summary>
    public virtual ReadOnlySpan<float> TailFactors => default;

    /// <summary>What whoever predicts should know: that another device is used than is set; null where there is nothing to say.</summary>
    public virtual string? Note => null;

    /// <summary>Ranks the labels of one document in the caller's thread.</summary>
    /// <param name="columns">Feature columns, ascending and below <see cref="FeatureCount"/>.</param>
    /// <param name="values">As many values.</param>
    /// <param name="labels">[top], overwritten with label rows, best first; −1 where there is none.</param>
    /// <param name="scores">[top], overwritten.</param>
    /// <exception cref="ArgumentException">The lengths disagree, a column is out of its range, or a value is infinite or no number.</exception>
    public void Predict(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
    {
        if (columns.Length != values.Length)
            throw new ArgumentException($"{columns.Length} columns and {values.Length} values.", nameof(values));
        if (labels.Length != scores.Length)
            throw new ArgumentException($"{labels.Length} labels and {scores.Length} scores.", nameof(scores));
        var before = -1;
        foreach (var column in columns)
        {
            // One comparison holds both ends: kernels trust columns.
            if (column <= before || column >= FeatureCount)
                throw new ArgumentException($"Column {column} is not above {before} and below {FeatureCount}, the model's features.", nameof(columns));
            before = column;
        }

        if (!FiniteCheck.Holds(values))
            throw new ArgumentException("A value is infinite or not a number.", nameof(values));
        if (!labels.IsEmpty)
            Rank(columns, values, labels, scores);
    }

    /// <summary>Ranks the <paramref name="top"/> best labels of every document.</summary>
    /// <param name="threads">Threads at most; 0 is the number that the ranker was made for.</param>
    /// <exception cref="LightDxmlException">The documents have features that the model does not know, or no values, or values that are infinite or no numbers.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public RankedLabels Predict(SparseMatrix documents, int top, int threads = 0, CancellationToken cancellation = default)
    {
        var predictions = Unranked(documents, top);
        RankMany(documents, predictions, threads, cancellation);
        return predictions;
    }

    /// <summary>
    /// As <see cref="Predict(SparseMatrix, int, int, CancellationToken)"/>, but scores are <see cref="LogOdds"/>, neither calibrated nor weighed for the
    /// tail: where probabilities are all but 0 or 1, these still tell documents apart.
    /// </summary>
    public RankedLabels PredictLogOdds(SparseMatrix documents, int top, int threads = 0, CancellationToken cancellation = default)
    {
        var predictions = Unranked(documents, top);
        RankByLogOdds(documents, predictions, threads, cancellation);
        return predictions;
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>As <see cref="Predict(ReadOnlySpan{int}, ReadOnlySpan{float}, Span{int}, Span{float})"/>, the arguments checked.</summary>
    protected abstract void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores);

    /// <summary>Fills the predictions of all documents.</summary>
    protected abstract void RankMany(SparseMatrix documents, RankedLabels predictions, int threads, CancellationToken cancellation);

    /// <summary>Fills the predictions of all documents, with log odds for scores.</summary>
    protected virtual void RankByLogOdds(SparseMatrix documents, RankedLabels predictions, int threads, CancellationToken cancellation)
    {
        RankMany(documents, predictions, threads, cancellation);
        LogOdds.Replace(predictions.Scores(0, predictions.PointCount));
    }

    private RankedLabels Unranked(SparseMatrix documents, int top)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        if (documents.ColumnCount > FeatureCount)
        {
            throw new LightDxmlException(
                $"The documents have {documents.ColumnCount} features, but the model was trained with {FeatureCount}; were they made with the same vocabulary?");
        }

        if (!documents.HasValues && documents.NonZeroCount > 0)
            throw new LightDxmlException("The documents have features without values, as a matrix of labels has them; each needs a value.");
        for (var row = 0; documents.HasValues && row < documents.RowCount; row++)
        {
            if (!FiniteCheck.Holds(documents.RowValues(row)))
                throw new LightDxmlException($"Row {row} of the documents, counted from 0, has a value that is infinite or no number.");
        }

        return new RankedLabels(documents.RowCount, LabelCount, Math.Min(top, Math.Max(1, LabelCount)));
    }
}
