using System.Globalization;

namespace LightDxml.Reports.Plots;

/// <summary>A linear scale from values to drawing units.</summary>
/// <param name="Low">The value at <paramref name="From"/>.</param>
/// <param name="High">The value at <paramref name="To"/>; greater than <paramref name="Low"/>.</param>
internal record Axis(double Low, double High, double From, double To)
{
    private static readonly int[] Factors = [1, 2, 5, 10];

    public double At(double value) => From + (value - Low) / (High - Low) * (To - From);

    /// <summary>Round values, about <paramref name="count"/> of them: 1, 2 or 5 times a power of ten apart.</summary>
    public virtual IEnumerable<double> Ticks(int count = 5)
    {
        var rough = (High - Low) / count;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = Factors.Select(factor => factor * power).First(candidate => candidate >= rough * 0.999);
        for (var i = (long)Math.Ceiling(Low / step - 1e-9); i * step <= High + step * 1e-9; i++)
            yield return i * step;
    }

    /// <summary>An axis from a little below the least to a little above the greatest value, within bounds.</summary>
    public static Axis Around(IEnumerable<double> values, double from, double to, double least = 0, double most = 1)
    {
        var all = values.DefaultIfEmpty(0).ToList();
        var (low, high) = (all.Min(), all.Max());
        var margin = Math.Max((high - low) * 0.08, 0.01);
        return new Axis(Math.Max(least, low - margin), Math.Min(most, high + margin) is var top && top > low ? top : low + margin, from, to);
    }

    /// <summary>A share as percent, without needless decimals.</summary>
    public static string PercentText(double value) => (100 * value).ToString("0.##", CultureInfo.InvariantCulture);
}
