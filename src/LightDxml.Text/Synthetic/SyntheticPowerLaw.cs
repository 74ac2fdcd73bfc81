namespace LightDxml.Text.Synthetic;

/// <summary>
/// Draws ranks with the Zipf–Mandelbrot law P(rank) ∝ 1 / (rank + shift), ranks from 0. Only divisions and sums, which IEEE 754
/// fixes to the bit, so that every platform draws the same.
/// </summary>
internal sealed class SyntheticPowerLaw
{
    private readonly double[] _cumulative;

    /// <param name="ranks">[items] rank of each item that can be drawn.</param>
    public SyntheticPowerLaw(ReadOnlySpan<int> ranks, double shift)
    {
        _cumulative = new double[ranks.Length + 1];
        for (var item = 0; item < ranks.Length; item++)
            _cumulative[item + 1] = _cumulative[item] + 1 / (ranks[item] + shift);
    }

    /// <summary>The item at the share <paramref name="unit"/> in [0, 1) of the mass of items first .. end − 1.</summary>
    public int Draw(double unit, int first, int end)
    {
        var target = _cumulative[first] + unit * (_cumulative[end] - _cumulative[first]);
        int low = first, high = end - 1;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (_cumulative[middle + 1] > target)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
