using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Inference;

/// <summary>
/// What is predicted of a document of which nothing is known, such as an empty text or one without a known word: the labels that most
/// training documents have, with the share of documents that have them.
/// </summary>
internal sealed class LabelPrior
{
    private readonly int[] _labels;
    private readonly float[] _scores;

    private LabelPrior(int[] labels, float[] scores) => (_labels, _scores) = (labels, scores);

    /// <param name="tailFactors">[labels] what scores are multiplied by, or null.</param>
    /// <returns>Null where the model does not hold its labels' frequencies.</returns>
    public static LabelPrior? Of(Model model, float[]? tailFactors)
    {
        if (model.LabelFrequencies is not { } frequencies || model.Inference.TrainingDocuments == 0)
            return null;
        var labels = LabelFrequencies.MostFrequentFirst(frequencies);
        float[] scores = [.. labels.Select(label => Math.Min(1, (float)frequencies[label] / model.Inference.TrainingDocuments) * (tailFactors?[label] ?? 1))];
        if (tailFactors is not null)
        {
            var places = Enumerable.Range(0, labels.Length).OrderByDescending(place => scores[place]).ToArray();
            (labels, scores) = ([.. places.Select(place => labels[place])], [.. places.Select(place => scores[place])]);
        }

        return new LabelPrior(labels, scores);
    }

    /// <summary>The best labels and their scores; places beyond the labels stay empty.</summary>
    public void CopyTo(Span<int> labels, Span<float> scores)
    {
        labels.Fill(-1);
        scores.Fill(float.NegativeInfinity);
        var count = Math.Min(labels.Length, _labels.Length);
        _labels.AsSpan(0, count).CopyTo(labels);
        _scores.AsSpan(0, count).CopyTo(scores);
    }
}
