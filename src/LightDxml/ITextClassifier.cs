namespace LightDxml;

/// <summary>Predicts the labels of texts. Safe to use from many threads at once.</summary>
public interface ITextClassifier
{
    /// <summary>Every label that can be predicted, as training documents wrote it.</summary>
    IReadOnlyList<string> Labels { get; }

    /// <summary>The best labels of one text, best first. Runs in the caller's thread.</summary>
    /// <param name="text">The text; title and body of a document joined by a blank.</param>
    /// <param name="top">Most labels to return, at least 1; there are never more than <see cref="Labels"/>.</param>
    /// <param name="minProbability">Labels below this probability are left out, in 0..1; then there may be none. Above 0 a text without a known word has none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is not positive, or <paramref name="minProbability"/> is not in 0..1.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    IReadOnlyList<LabelScore> Predict(string text, int top = 5, float minProbability = 0);

    /// <summary>The best labels of one text in UTF-8, written to the caller's memory; allocates nothing once it is warm.</summary>
    /// <param name="utf8Text">The text. Bytes that are not UTF-8 separate words.</param>
    /// <param name="labels">[top], overwritten from its start, best first.</param>
    /// <returns>Labels written.</returns>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    int Predict(ReadOnlySpan<byte> utf8Text, Span<LabelScore> labels);

    /// <summary>The best labels of many texts, in their order; texts are taken and predicted some thousands at a time.</summary>
    /// <param name="texts">The texts; read as the results are.</param>
    /// <param name="top">Most labels per text, at least 1.</param>
    /// <param name="threads">Threads to use; 0 takes every processor. Results do not depend on it.</param>
    /// <param name="minProbability">As of <see cref="Predict(string, int, float)"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="texts"/> or one of them is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is not positive, or <paramref name="minProbability"/> is not in 0..1.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    IEnumerable<IReadOnlyList<LabelScore>> PredictMany(
        IEnumerable<string> texts, int top = 5, int threads = 0, float minProbability = 0, CancellationToken cancellationToken = default);

    /// <summary>The best labels of texts that arrive over time: each is answered before the next one is asked for.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="top">Most labels per text, at least 1.</param>
    /// <param name="minProbability">As of <see cref="Predict(string, int, float)"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="texts"/> or one of them is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">With the first text: <paramref name="top"/> is not positive, or <paramref name="minProbability"/> is not in 0..1.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    IAsyncEnumerable<IReadOnlyList<LabelScore>> PredictAsync(
        IAsyncEnumerable<string> texts, int top = 5, float minProbability = 0, CancellationToken cancellationToken = default);

    /// <summary>
    /// The labels that one text is given, best first: those whose probability reaches a threshold, by default the one that the model stores. It may
    /// be none; a text without a known word has none. Runs in the caller's thread.
    /// </summary>
    /// <param name="text">The text; title and body of a document joined by a blank.</param>
    /// <param name="threshold">
    /// <c>auto</c>: the model's own, best for micro-F1. <c>document</c>: the same, lower for texts whose labels are all unsure. <c>per-label</c>: the
    /// model's own of each label, best for macro-F1. <c>precision=0.8</c>: the lowest that gave this precision on held-out documents. Or a
    /// probability in 0..1, such as <c>0.3</c>.
    /// </param>
    /// <param name="top">Most labels to give, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> or <paramref name="threshold"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is not positive.</exception>
    /// <exception cref="Configuration.OptionsException">The threshold is none of these.</exception>
    /// <exception cref="LightDxmlException">The model does not hold the threshold: it was trained without held-out documents, or none gave the precision.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    IReadOnlyList<LabelScore> Assign(string text, string threshold = "auto", int top = 100);

    /// <summary>The labels that many texts are given, in their order; texts are taken and predicted some thousands at a time.</summary>
    /// <param name="texts">The texts; read as the results are.</param>
    /// <param name="threads">Threads to use; 0 takes every processor. Results do not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentNullException"><paramref name="texts"/>, one of them or <paramref name="threshold"/> is null.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <inheritdoc cref="Assign(string, string, int)"/>
    IEnumerable<IReadOnlyList<LabelScore>> AssignMany(
        IEnumerable<string> texts, string threshold = "auto", int top = 100, int threads = 0, CancellationToken cancellationToken = default);
}
