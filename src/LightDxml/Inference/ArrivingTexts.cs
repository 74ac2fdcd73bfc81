using System.Runtime.CompilerServices;

namespace LightDxml.Inference;

/// <summary>Texts that arrive over time: each is answered before the next one is asked for.</summary>
internal static class ArrivingTexts
{
    public static async IAsyncEnumerable<IReadOnlyList<LabelScore>> PredictAsync(
        ITextClassifier classifier, IAsyncEnumerable<string> texts, int top, float minProbability, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var text in texts.WithCancellation(cancellation).ConfigureAwait(false))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return classifier.Predict(text, top, minProbability);
        }
    }
}
