namespace LightDxml.Inference;

/// <summary>Log odds of probabilities, ln(p / (1 − p)).</summary>
internal static class LogOdds
{
    private const float Certain = 1 - 1e-7f;

    /// <summary>Of a probability of 0, which is taken to be just above.</summary>
    public static readonly float Least = -Of(Certain);

    /// <param name="probabilities">Overwritten with their log odds; −∞, where there is none, stays.</param>
    public static void Replace(Span<float> probabilities)
    {
        foreach (ref var probability in probabilities)
        {
            if (!float.IsNegativeInfinity(probability))
                probability = Of(probability);
        }
    }

    private static float Of(float probability)
    {
        var p = Math.Clamp(probability, 1 - Certain, Certain);
        return MathF.Log(p / (1 - p));
    }
}
