namespace LightDxml.Kernels.Linear;

/// <summary>Drops the small weights of a linear classifier, and with them most of its size.</summary>
internal static class PrunedWeights
{
    /// <summary>The weights that are not 0 and whose magnitude reaches <paramref name="least"/>, in their order, with their features.</summary>
    /// <param name="features">[weights], the feature of each weight; empty where they are counted from 0.</param>
    public static (int[] Features, float[] Weights) Of(ReadOnlySpan<float> weights, ReadOnlySpan<int> features, float least)
    {
        least = Math.Max(least, float.Epsilon);
        var count = 0;
        foreach (var weight in weights)
            count += MathF.Abs(weight) >= least ? 1 : 0;
        var kept = (Features: new int[count], Weights: new float[count]);
        count = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(MathF.Abs(weights[i]) >= least))
                continue;
            kept.Features[count] = features.IsEmpty ? i : features[i];
            kept.Weights[count++] = weights[i];
        }

        return kept;
    }
}
