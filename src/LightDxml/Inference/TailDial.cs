using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Inference;

/// <summary>
/// The tail weight: a label's score is multiplied by its inverse propensity to the power τ, so that τ = 0 ranks for
/// precision and τ = 1 for propensity-scored precision, whose expected gain of a label is probability times inverse propensity.
/// </summary>
internal static class TailDial
{
    /// <returns>[labels] q_l^τ, or null when the tail weight is 0.</returns>
    /// <exception cref="LightDxmlException">The tail weight is above 0, but the model does not hold its labels' frequencies.</exception>
    public static float[]? Factors(Model model)
    {
        var tail = model.Inference.Tail;
        if (tail == 0)
            return null;
        if (model.LabelFrequencies is not { } frequencies)
            throw new LightDxmlException("The tail weight needs the labels' training frequencies, which this model does not hold; train it again.");
        if (model.AllLabelCount > frequencies.Length)
            Array.Resize(ref frequencies, model.AllLabelCount);
        return Propensities.Weights(frequencies, model.Inference.TrainingDocuments, tail);
    }
}
