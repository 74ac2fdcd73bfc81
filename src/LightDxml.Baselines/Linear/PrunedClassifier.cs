using LightDxml.Kernels.Linear;

namespace LightDxml.Baselines.Linear;

/// <summary>A linear classifier of which the small weights are dropped; features ascending.</summary>
internal readonly record struct PrunedClassifier(int[] Features, float[] Weights, float Bias)
{
    /// <summary>Never right: what a child that no point reached gets.</summary>
    public static PrunedClassifier Never { get; } = new([], [], -100);

    /// <summary>Always right: what a child gets that every point of its node reaches.</summary>
    public static PrunedClassifier Always { get; } = new([], [], 100);

    /// <param name="weights">[own features], dense.</param>
    /// <param name="features">[own features], which feature each one is; null where they are the features themselves.</param>
    public static PrunedClassifier Of(ReadOnlySpan<float> weights, int[]? features, float bias, float threshold)
    {
        var kept = PrunedWeights.Of(weights, features, threshold);
        return new PrunedClassifier(kept.Features, kept.Weights, bias);
    }
}
