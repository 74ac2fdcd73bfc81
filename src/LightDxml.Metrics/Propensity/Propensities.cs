using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>Label propensities, estimated from the training labels and from nothing else.</summary>
public static class Propensities
{
    /// <summary>
    /// q[l] = 1 + C (N_l + B)^(−A) with C = (ln N − 1)(B + 1)^A, where N is the number of training points and N_l the
    /// number of them with label l. Below N = e the formula would weigh rare labels less than frequent ones; C is held at
    /// 0 there, so that every q is 1.
    /// </summary>
    /// <param name="trainLabels">[points, labels].</param>
    /// <returns>[labels] inverse propensities, at least 1.</returns>
    /// <exception cref="Configuration.OptionsException">A or B is out of its range.</exception>
    public static double[] Inverse(SparseMatrix trainLabels, PropensityOptions options)
    {
        ArgumentNullException.ThrowIfNull(trainLabels);
        return Inverse(LabelFrequencies.Count(trainLabels), trainLabels.RowCount, options);
    }

    /// <summary>The same from the labels' training frequencies.</summary>
    /// <param name="frequencies">[labels] N_l.</param>
    /// <param name="pointCount">N.</param>
    /// <returns>[labels] inverse propensities, at least 1.</returns>
    /// <exception cref="Configuration.OptionsException">A or B is out of its range.</exception>
    public static double[] Inverse(int[] frequencies, int pointCount, PropensityOptions options)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        ArgumentNullException.ThrowIfNull(options);
        var (a, b) = options.Validate();
        var c = Math.Max(0, Math.Log(pointCount) - 1) * Math.Pow(b + 1, a);
        return Array.ConvertAll(frequencies, n => 1 + c * Math.Pow(n + b, -a));
    }

    /// <summary>What a label weighs where the tail is to count more: its inverse propensity to a power, by the standard A and B.</summary>
    /// <param name="frequencies">[labels] N_l.</param>
    /// <param name="pointCount">N.</param>
    /// <returns>[labels], or null for the power 0, where every label weighs 1.</returns>
    internal static float[]? Weights(int[] frequencies, int pointCount, double power) => power == 0
        ? null
        : Array.ConvertAll(Inverse(frequencies, pointCount, PropensityOptions.Standard), inverse => (float)Math.Pow(inverse, power));
}
