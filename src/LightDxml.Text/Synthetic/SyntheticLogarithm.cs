namespace LightDxml.Text.Synthetic;

/// <summary>
/// The natural logarithm from operations that IEEE 754 fixes to the bit. <see cref="Math.Log(double)"/> is the platform's and may
/// differ in the last bit, which would make generated data differ between platforms.
/// </summary>
internal static class SyntheticLogarithm
{
    /// <summary>ln x for x ≥ 1, to about 1e-15: x = m · 2^e with m in [1, 2), and ln m = 2 artanh((m − 1) / (m + 1)) as a series.</summary>
    public static double Of(double x)
    {
        var exponent = 0;
        for (; x >= 2; x /= 2)
            exponent++;
        var s = (x - 1) / (x + 1);
        double sum = 0, power = s;
        // s ≤ 1/3: the 17th term is below 1e-17.
        for (var term = 1; term <= 33; term += 2)
        {
            sum += power / term;
            power *= s * s;
        }

        return exponent * 0.693147180559945309417 + 2 * sum;
    }
}
