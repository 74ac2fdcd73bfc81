namespace LightDxml.Text.Synthetic;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). Its whole state is one number, so that every point of a generated set
/// has a stream of its own, and hashing gives a label its words without a table.
/// </summary>
internal struct SyntheticRandom(ulong state)
{
    private ulong _state = state;

    /// <summary>An evenly spread hash of three numbers.</summary>
    public static ulong Hash(ulong seed, ulong kind, ulong index) => Mix(Mix(Mix(seed) + kind) + index);

    /// <summary>Uniform in [0, 1), 53 random bits.</summary>
    public static double Unit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    public double NextDouble() => Unit(Next());

    /// <summary>Uniform in [0, bound); the bias of the multiplication is below 2⁻³².</summary>
    public int Next(int bound) => (int)((Next() >> 32) * (ulong)bound >> 32);

    /// <summary>The number of heads in <paramref name="tosses"/> tosses of a fair coin: mean tosses / 2.</summary>
    public int CoinHeads(int tosses)
    {
        var heads = 0;
        for (; tosses > 0; tosses -= 64)
            heads += (int)ulong.PopCount(tosses >= 64 ? Next() : Next() >> (64 - tosses));
        return heads;
    }

    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
